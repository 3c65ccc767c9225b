import 'server-only';

import { headers } from 'next/headers';
import createClient from 'openapi-fetch';

import { env } from '../env';
import { lacksPart } from '../visit';
import type { paths } from './types';

/** How long a render waits for the API, in milliseconds. */
const patience = 10_000;

/** Asks the API. A page that is rendered without an answer that it should have had is nothing to keep. */
async function ask(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { cache: 'no-store', signal: AbortSignal.timeout(patience) });
    if (answer.status >= 500 || answer.status === 429) lacksPart();
    return answer;
  } catch (error) {
    lacksPart();
    throw error;
  }
}

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
    fetch: ask,
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
    fetch: ask,
  });
}
