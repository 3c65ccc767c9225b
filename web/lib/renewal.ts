import { createHash } from 'node:crypto';

import { env } from './env';

/** The cookie of the access token, as the API names it. */
export const accessCookie = '__Host-rentora_access';
const refresh = '__Host-rentora_refresh';

/** A token is renewed when it ends within so many seconds: the page that is rendered now shall not run into its end. */
const margin = 30;

/** How long the answer to a refresh token is kept, in milliseconds, for tabs that open at the same moment; the API's own grace. */
const kept = 10_000;

const running = new Map<string, Promise<string[]>>();

/**
 * Renews the session of a request whose access token has run out or is about to, before anything is rendered: headers get the
 * new cookies, and what is returned belongs into the response's Set-Cookie. Requests with the same token share one renewal. When
 * the API does not answer, the request goes on as it came.
 */
export async function renew(headers: Headers): Promise<string[]> {
  const jar = parse(headers.get('cookie') ?? '');
  const token = jar.get(refresh);
  if (!token || !ends(jar.get(accessCookie))) return [];
  const key = createHash('sha256').update(token).digest('base64');
  let renewal = running.get(key);
  if (!renewal) {
    renewal = ask(headers);
    running.set(key, renewal);
    setTimeout(() => running.delete(key), kept).unref();
  }
  const cookies = await renewal;
  // No answer is not kept: the next page asks again.
  if (cookies.length === 0 && running.get(key) === renewal) running.delete(key);
  for (const cookie of cookies) {
    const [pair = ''] = cookie.split(';');
    const [name, value] = cut(pair);
    if (value) jar.set(name, value);
    else jar.delete(name);
  }
  headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
  return cookies;
}

async function ask(headers: Headers): Promise<string[]> {
  try {
    const answer = await fetch(`${env().apiURL}/api/v1/auth/refresh`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: headers.get('cookie') ?? '',
        origin: env().publicURL,
        'user-agent': headers.get('user-agent') ?? '',
        'x-forwarded-for': headers.get('x-forwarded-for') ?? '',
      },
      body: '{}',
      cache: 'no-store',
      signal: AbortSignal.timeout(5000),
    });
    return answer.headers.getSetCookie();
  } catch {
    return [];
  }
}

function parse(text: string): Map<string, string> {
  return new Map(
    text
      .split(/;\s*/)
      .filter(Boolean)
      .map((pair) => cut(pair)),
  );
}

function cut(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair.trim(), ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

/** Whether there is no access token or it ends soon. It is only read here; the API is who checks it. */
function ends(token: string | undefined): boolean {
  if (!token) return true;
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      exp?: number;
    };
    return (payload.exp ?? 0) - margin < Date.now() / 1000;
  } catch {
    return true;
  }
}
