import 'server-only';

import { type Carried, dataOf, isFailure, open } from '@/lib/api/failure';
import type { components } from '@/lib/api/schema';
import { api } from '@/lib/api/server';

/** The numbers of a period, and what there is now. */
export type Numbers = components['schemas']['Numbers'];

/** What one day brought. */
export type Day = Numbers['days'][number];

/** The numbers of the last days, today with them. */
export async function numbers(days: number): Promise<Numbers> {
  return dataOf((await api()).GET('/admin/numbers', { params: { query: { days } } }));
}

/** How many of something there are, as far as a first page tells. */
export type Some = { count: number; more: boolean };

/** What the queues themselves say, where the numbers did not come; null where that is refused, too. */
export async function counted(): Promise<{
  verifications: Some | null;
  letters: Some | null;
  errors: Some | null;
}> {
  const client = await api();
  const limit = 100;
  const [verifications, letters, errors] = await Promise.all([
    some(open(client.GET('/admin/verifications', { params: { query: { limit: 20 } } }))),
    some(open(client.GET('/admin/dead-letters', { params: { query: { status: 'open', limit } } }))),
    some(open(client.GET('/admin/errors', { params: { query: { status: 'open', limit } } }))),
  ]);
  return { verifications, letters, errors };
}

async function some(asked: Promise<Carried<unknown[]>>): Promise<Some | null> {
  try {
    const { data, page } = await asked;
    return { count: data.length, more: Boolean(page?.next) };
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}
