'use client';

import createClient, { type Middleware } from 'openapi-fetch';

import type { paths } from './types';

const refreshedAt = 'rentora:refreshed-at'; // an instant, no secret: the tokens are in cookies that no script can read

/** Another tab refreshed so recently that this one need not. Milliseconds. */
const recently = 10_000;

/**
 * Refreshes the session once for all tabs: they queue for one lock, and who finds that another has just done it, does nothing.
 * Resolves to whether there is a session to go on with.
 */
export async function refreshSession(): Promise<boolean> {
  const asked = Date.now();
  return navigator.locks.request('rentora:refresh', async () => {
    const last = Number(localStorage.getItem(refreshedAt) ?? 0);
    if (last > asked - recently && last <= Date.now()) return true; // a clock may have been set back
    const answer = await fetch('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.ok) localStorage.setItem(refreshedAt, String(Date.now()));
    return answer.ok;
  });
}

/** Whether 401 may mean that the access token has run out: under /auth/ it is what a password or a refresh token was answered. */
function renews(path: string): boolean {
  return !path.startsWith('/auth/') || path.startsWith('/auth/sessions') || path === '/auth/logout-all';
}

// The copy is made before the body is read: a request can be sent only once.
const spare = new WeakMap<Request, Request>();

const renewing: Middleware = {
  onRequest({ request }) {
    spare.set(request, request.clone());
    return request;
  },
  async onResponse({ request, response, schemaPath }) {
    if (response.status !== 401 || !renews(schemaPath)) return response;
    const again = spare.get(request);
    if (!again || !(await refreshSession().catch(() => false))) return response;
    return fetch(again);
  },
};

/** The API for client components, on this very origin; an access token that has run out is renewed without anybody noticing. */
export const api = createClient<paths>({
  baseUrl: '/api/v1',
  querySerializer: { array: { style: 'form', explode: false } },
});
api.use(renewing);

/** A key for a request that must not act twice; keep it for the retries of the same intention. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}
