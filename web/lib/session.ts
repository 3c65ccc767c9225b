import 'server-only';

import { cookies, headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';

import { dataOf, isFailure } from './api/failure';
import { api } from './api/server';
import type { Role, User } from './api/types';
import { paths } from './paths';
import { accessCookie } from './renewal';

/** Who asks for this page; null for visitors. Asked once per request, however many parts of the page want to know. */
export const currentUser = cache(async (): Promise<User | null> => {
  if (!(await cookies()).has(accessCookie)) return null;
  try {
    return await dataOf((await api()).GET('/users/me'));
  } catch (error) {
    if (isFailure(error) && error.status === 401) return null;
    throw error;
  }
});

/** Who asks; visitors are led to the sign-in and back to here, other roles are told that the page is not theirs (403). */
export async function requireUser(here: string, ...roles: Role[]): Promise<User> {
  const user = await currentUser();
  if (!user) redirect(paths.signIn(here));
  if (roles.length > 0 && !roles.includes(user.role)) forbidden();
  return user;
}

/** The address of the page that is rendered, for coming back to it. */
export async function here(): Promise<string> {
  return (await headers()).get('x-rentora-path') ?? '/';
}
