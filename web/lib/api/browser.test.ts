import { beforeEach, describe, expect, it, vi } from 'vitest';

// The client of openapi-fetch makes absolute requests only, as Node does.
vi.stubGlobal('location', { origin: 'http://rentora.test' });
class OwnRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === 'string' && input.startsWith('/') ? `http://rentora.test${input}` : input, init);
  }
}
vi.stubGlobal('Request', OwnRequest);

const fetched = vi.fn<(request: Request | string) => Promise<Response>>();
const stored = new Map<string, string>();
let queue: Promise<unknown> = Promise.resolve();

beforeEach(() => {
  fetched.mockReset();
  stored.clear();
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  vi.stubGlobal('navigator', {
    locks: {
      request: <T>(_: string, run: () => Promise<T>) => {
        const turn = queue.then(run);
        queue = turn.catch(() => undefined);
        return turn;
      },
    },
  });
});

const path = (request: Request | string) =>
  new URL(typeof request === 'string' ? request : request.url, 'http://rentora.test').pathname;

function answers(by: Record<string, (() => Response)[]>): void {
  fetched.mockImplementation(async (request) => {
    const next = by[path(request)]?.shift();
    if (!next) throw new Error(`unexpected request to ${path(request)}`);
    return next();
  });
}

const json = (status: number, body: unknown) => () =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const unauthenticated = json(401, { error: { code: 'token_expired', message: 'x' } });

describe('the API in the browser', () => {
  it('renews the session once and sends the request again, with its body', async () => {
    const { api } = await import('./browser');
    const bodies: string[] = [];
    answers({
      '/api/v1/users/me': [unauthenticated, json(200, { data: { name: 'Ada' } })],
      '/api/v1/auth/refresh': [json(200, {})],
    });
    const plain = fetched.getMockImplementation();
    fetched.mockImplementation(async (request) => {
      if (typeof request !== 'string' && request.method === 'PATCH')
        bodies.push(await request.clone().text());
      return plain ? plain(request) : new Response();
    });
    const { data } = await api.PATCH('/users/me', {
      params: { header: { 'If-Match': '"1"' } },
      body: { name: 'Ada' },
    });
    expect(data?.data.name).toBe('Ada');
    expect(bodies).toEqual(['{"name":"Ada"}', '{"name":"Ada"}']);
  });

  it('renews once for many requests at once', async () => {
    const { api } = await import('./browser');
    answers({
      '/api/v1/users/me': [unauthenticated, unauthenticated, json(200, { data: 1 }), json(200, { data: 2 })],
      '/api/v1/auth/refresh': [json(200, {})],
    });
    await Promise.all([api.GET('/users/me'), api.GET('/users/me')]);
    expect(fetched.mock.calls.filter(([request]) => path(request) === '/api/v1/auth/refresh')).toHaveLength(
      1,
    );
  });

  it('gives the refusal on when the session cannot be renewed', async () => {
    const { api } = await import('./browser');
    answers({ '/api/v1/users/me': [unauthenticated], '/api/v1/auth/refresh': [json(401, {})] });
    const { response } = await api.GET('/users/me');
    expect(response.status).toBe(401);
  });

  it('takes a wrong password as what it is', async () => {
    const { api } = await import('./browser');
    answers({ '/api/v1/auth/login': [json(401, { error: { code: 'invalid_credentials', message: 'x' } })] });
    const { response } = await api.POST('/auth/login', { body: { email: 'a@b.c', password: 'x' } });
    expect(response.status).toBe(401);
  });

  it('renews for the sessions of the account, which stand under /auth too', async () => {
    const { api } = await import('./browser');
    answers({
      '/api/v1/auth/sessions': [unauthenticated, json(200, { data: [], meta: {} })],
      '/api/v1/auth/refresh': [json(200, {})],
    });
    const { response } = await api.GET('/auth/sessions');
    expect(response.status).toBe(200);
  });
});
