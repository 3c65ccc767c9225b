import 'server-only';

import { headers } from 'next/headers';
import createClient from 'openapi-fetch';

import { env } from '../env';
import type { paths } from './types';

/** How long a render waits for the API, in milliseconds. */
const patience = 10_000;

const passed = ['cookie', 'user-agent', 'x-forwarded-for', 'traceparent'];

/**
 * The API as the person who asks for this page sees it: their cookies and address go along. For server components; what they
 * read is never shared between people.
 */
export async function api() {
  const incoming = await headers();
  const outgoing: Record<string, string> = {};
  for (const name of passed) {
    const value = incoming.get(name);
    if (value) outgoing[name] = value;
  }
  return createClient<paths>({
    baseUrl: `${env().apiURL}/api/v1`,
    headers: outgoing,
    querySerializer: { array: { style: 'form', explode: false } },
    fetch: (request) => fetch(request, { cache: 'no-store', signal: AbortSignal.timeout(patience) }),
  });
}

/** The API as everybody sees it, without cookies: what it answers may be kept. */
export async function publicAPI() {
  const incoming = await headers();
  const address = incoming.get('x-forwarded-for');
  return createClient<paths>({
    baseUrl: `${env().apiURL}/api/v1`,
    headers: address ? { 'x-forwarded-for': address } : {},
    querySerializer: { array: { style: 'form', explode: false } },
    fetch: (request) => fetch(request, { cache: 'no-store', signal: AbortSignal.timeout(patience) }),
  });
}
