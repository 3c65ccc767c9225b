import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { renew } from './renewal';

const access = '__Host-rentora_access';
const refresh = '__Host-rentora_refresh';

/** A token that ends in so many seconds. */
function token(seconds: number): string {
  const payload = Buffer.from(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + seconds })).toString(
    'base64url',
  );
  return `head.${payload}.signature`;
}

let unique = 0;
/** A refresh token that no other test has. */
const fresh = () => `refresh-${unique++}`;

function withCookies(...pairs: string[]): Headers {
  return new Headers({ cookie: pairs.join('; ') });
}

function answer(...cookies: string[]): Response {
  const headers = new Headers();
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response('{}', { headers });
}

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.useFakeTimers();
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('renew', () => {
  it('leaves visitors and living sessions alone', async () => {
    const cases = [
      new Headers(),
      withCookies('a=b'),
      withCookies(`${access}=${token(300)}`, `${refresh}=${fresh()}`),
    ];
    for (const headers of cases) {
      const before = headers.get('cookie');
      expect(await renew(headers)).toEqual([]);
      expect(headers.get('cookie')).toBe(before);
    }
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each([
    ['is missing', ''],
    ['has run out', `${access}=${token(-1)}`],
    ['is about to', `${access}=${token(29)}`],
    ['cannot be read', `${access}=nonsense`],
    ['says no end', `${access}=a.${Buffer.from('{}').toString('base64url')}.c`],
  ])('renews when the access token %s', async (_, cookie) => {
    fetched.mockResolvedValue(answer(`${access}=new; Path=/; HttpOnly`, `${refresh}=next; Path=/; HttpOnly`));
    const headers = withCookies(cookie, 'rentora_theme=dark', `${refresh}=${fresh()}`);
    const cookies = await renew(headers);
    expect(cookies).toHaveLength(2);
    const sent = headers.get('cookie') ?? '';
    expect(sent).toContain(`${access}=new`);
    expect(sent).toContain(`${refresh}=next`);
    expect(sent).toContain('rentora_theme=dark');
    expect(sent).not.toContain('Path');
  });

  it('asks as the visitor, from our own origin', async () => {
    fetched.mockResolvedValue(answer(`${access}=new`));
    const headers = withCookies(`${refresh}=${fresh()}`);
    headers.set('user-agent', 'Test/1');
    headers.set('x-forwarded-for', '192.0.2.7');
    await renew(headers);
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('http://127.0.0.1:8080/api/v1/auth/refresh');
    expect(init?.headers).toMatchObject({
      origin: 'http://127.0.0.1:3000',
      'user-agent': 'Test/1',
      'x-forwarded-for': '192.0.2.7',
    });
  });

  it('takes dead cookies out of the request, so that the page is a visitor’s', async () => {
    fetched.mockResolvedValue(answer(`${access}=; Path=/; Max-Age=0`, `${refresh}=; Path=/; Max-Age=0`));
    const headers = withCookies(`${access}=${token(-1)}`, `${refresh}=${fresh()}`, 'kept=1');
    expect(await renew(headers)).toHaveLength(2);
    expect(headers.get('cookie')).toBe('kept=1');
  });

  it('asks once for requests of the same session at the same moment, and a while after', async () => {
    fetched.mockImplementation(async () => answer(`${access}=new`));
    const secret = fresh();
    const requests = [1, 2, 3].map(() => withCookies(`${refresh}=${secret}`));
    await Promise.all(requests.map(renew));
    const late = withCookies(`${refresh}=${secret}`);
    await renew(late);
    expect(fetched).toHaveBeenCalledTimes(1);
    for (const headers of [...requests, late]) expect(headers.get('cookie')).toContain(`${access}=new`);

    vi.advanceTimersByTime(10_001);
    await renew(withCookies(`${refresh}=${secret}`));
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('does not mix sessions', async () => {
    fetched.mockImplementation(async (_, init) => {
      const cookie = new Headers(init?.headers).get('cookie') ?? '';
      return answer(`${access}=of-${cookie.split('=')[1] ?? ''}`);
    });
    const [a, b] = [fresh(), fresh()];
    const [one, two] = [withCookies(`${refresh}=${a}`), withCookies(`${refresh}=${b}`)];
    await Promise.all([renew(one), renew(two)]);
    expect(one.get('cookie')).toContain(`of-${a}`);
    expect(two.get('cookie')).toContain(`of-${b}`);
  });

  it('lets the request go on as it came while the API is down, and asks again with the next', async () => {
    fetched.mockRejectedValueOnce(new Error('connection refused'));
    const secret = fresh();
    const headers = withCookies(`${refresh}=${secret}`);
    expect(await renew(headers)).toEqual([]);
    expect(headers.get('cookie')).toBe(`${refresh}=${secret}`);

    fetched.mockResolvedValueOnce(answer(`${access}=new`));
    expect(await renew(headers)).toEqual([`${access}=new`]);
  });
});
