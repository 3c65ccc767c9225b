import 'server-only';

import { forbidden, notFound, redirect } from 'next/navigation';

import { type Failure, isFailure } from '@/lib/api/failure';
import { paths } from '@/lib/paths';
import { here } from '@/lib/session';

/** Awaits what a page cannot do without: what is not there, not allowed or not signed in gets its own page. */
export async function needed<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (isFailure(error)) {
      if (error.status === 404) notFound();
      if (error.status === 401) redirect(paths.signIn(await here()));
      if (error.status === 403) forbidden();
    }
    throw error;
  }
}

/** Awaits what a page can do without; gives the Failure where it did not come. */
export async function tried<T>(asked: Promise<T>): Promise<T | Failure> {
  try {
    return await asked;
  } catch (error) {
    if (isFailure(error)) return error;
    throw error;
  }
}

/** Awaits a list: filters that the API cannot read are a Failure to show beside them, everything else is as needed. */
export async function listed<T>(asked: Promise<T>): Promise<T | Failure> {
  const got = await tried(asked);
  if (!isFailure(got) || got.kind === 'invalid') return got;
  return needed(Promise.reject(got));
}
