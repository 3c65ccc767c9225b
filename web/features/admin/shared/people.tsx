import Link from 'next/link';
import { cache } from 'react';

import { dataOf, isFailure } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { Account } from '@/lib/api/types';
import { paths } from '@/lib/paths';

import { Mono } from './parts';

/** How many accounts one page asks for, to have their names. */
const most = 20;

const account = cache(async (id: string): Promise<Account | null> => {
  try {
    return await dataOf((await api()).GET('/admin/users/{user_id}', { params: { path: { user_id: id } } }));
  } catch (error) {
    if (isFailure(error)) return null; // without the name, its id says who it was
    throw error;
  }
});

/** The accounts behind ids, as far as they can be read. */
export async function people(ids: (string | undefined)[]): Promise<Map<string, Account>> {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))].slice(0, most);
  const found = await Promise.all(wanted.map(account));
  return new Map(found.filter((one) => one !== null).map((one) => [one.id, one]));
}

/** Who it was: a name that leads to the account, or its id where the name is not known. */
export function Person({ id, known }: { id: string; known: Map<string, Account> }) {
  const name = known.get(id)?.name;
  return <Link href={paths.user(id)}>{name ?? <Mono>{id.slice(0, 8)}…</Mono>}</Link>;
}
