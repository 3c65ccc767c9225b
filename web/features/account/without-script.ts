import 'server-only';

import { env } from '@/lib/env';
import { paths, safeNext, withQuery } from '@/lib/paths';

import { textOf } from './checks';

// Forms that are sent before, or without, the page's scripts come here: they are passed on to the API, and the browser is led to a
// page that says what came of it. Nothing that was typed ever stands in an address.

type Answer = { error?: { kind?: string; code?: string } | null };

const passed = ['cookie', 'user-agent', 'x-forwarded-for', 'traceparent'];

async function tell(request: Request, path: string, body?: Record<string, string>) {
  const headers: Record<string, string> = { origin: env().publicURL };
  if (body) headers['content-type'] = 'application/json';
  for (const name of passed) {
    const value = request.headers.get(name);
    if (value) headers[name] = value;
  }
  try {
    const answer = await fetch(`${env().apiURL}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: body ? JSON.stringify(body) : undefined,
      cache: 'no-store',
      signal: AbortSignal.timeout(10_000),
    });
    const error = answer.ok ? null : ((await answer.json()) as Answer).error;
    const code = answer.ok ? null : (error?.code ?? 'unreachable');
    return { code, kind: error?.kind, cookies: answer.headers.getSetCookie() };
  } catch {
    return { code: 'unreachable', cookies: [] };
  }
}

function lead(to: string, cookies: string[] = []): Response {
  const headers = new Headers({ location: to, 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** The fields of a form of this site; null when another site sent it, or it is no form. */
async function fieldsOf(request: Request): Promise<FormData | null> {
  const origin = request.headers.get('origin');
  if (origin !== env().publicURL) return null;
  try {
    return await request.formData();
  } catch {
    return null;
  }
}

/** Signs in. */
export async function sendSignIn(request: Request): Promise<Response> {
  const fields = await fieldsOf(request);
  if (!fields) return lead(withQuery(paths.signIn(), { problem: 'unreachable' }));
  const next = safeNext(fields.get('next'));
  const { code, cookies } = await tell(request, '/auth/login', {
    email: textOf(fields, 'email').trim(),
    password: textOf(fields, 'password'),
    transport: 'cookie',
  });
  return code ? lead(withQuery(paths.signIn(), { next, problem: code })) : lead(next, cookies);
}

/** Makes an account. */
export async function sendRegister(request: Request): Promise<Response> {
  const fields = await fieldsOf(request);
  if (!fields) return lead(withQuery(paths.register(), { problem: 'unreachable' }));
  const { code } = await tell(request, '/auth/register', {
    name: textOf(fields, 'name').trim(),
    email: textOf(fields, 'email').trim(),
    password: textOf(fields, 'password'),
    role: textOf(fields, 'role') === 'host' ? 'host' : 'guest',
  });
  const next = safeNext(fields.get('next'));
  return lead(withQuery(paths.register(), code ? { next, problem: code } : { sent: 1 }));
}

/** Asks for the mail that sets a new password. */
export async function sendForgot(request: Request): Promise<Response> {
  const fields = await fieldsOf(request);
  if (!fields) return lead(withQuery(paths.forgotPassword(), { problem: 'unreachable' }));
  const { code } = await tell(request, '/auth/forgot-password', { email: textOf(fields, 'email').trim() });
  return lead(withQuery(paths.forgotPassword(), code ? { problem: code } : { sent: 1 }));
}

/** Makes the guest who is signed in a host. */
export async function sendBecomeHost(request: Request): Promise<Response> {
  if (!(await fieldsOf(request))) return lead(withQuery(paths.becomeHost(), { problem: 'unreachable' }));
  const { code, kind } = await tell(request, '/users/me/host');
  if (kind === 'unauthenticated') return lead(paths.signIn(paths.becomeHost()));
  return lead(code ? withQuery(paths.becomeHost(), { problem: code }) : paths.newListing());
}

const sentences: Record<string, string> = {
  invalid_credentials: 'The e-mail address or the password is wrong.',
  email_not_verified:
    'Your e-mail address is not verified yet. Follow the link in the mail that we have sent you.',
  account_locked: 'This account is locked. Please write to our support.',
  too_many_attempts: 'There were too many attempts from here. Please wait a few minutes before the next one.',
  forbidden: 'This account cannot do that.',
  unreachable: 'Rentora cannot be reached right now. Please try again in a moment.',
};

const other =
  'That did not work. Please look through what you typed: the address must be whole, and a new password has at least 10 characters.';

/** The sentence for what a form without scripts was answered; undefined when there is nothing to say. */
export function problemSentence(code: unknown): string | undefined {
  if (typeof code !== 'string' || !code) return undefined;
  return Object.hasOwn(sentences, code) ? sentences[code] : other;
}
