import type { APIRequestContext } from '@playwright/test';

/** Every screen, with who sees it: what is asked of all of them is asked by the list. */
export type Screen = {
  name: string;
  path: string;
  as?: 'guest' | 'host' | 'admin';
  /** What it answers with; 200 without. */
  status?: number;
};

/** The screens of this world: those of single things have the ids of things that exist. */
export async function screens(
  visitor: APIRequestContext,
  host: APIRequestContext,
  guest: APIRequestContext,
): Promise<Screen[]> {
  const hits = await data<{ hits: { id: string }[] }>(visitor, '/search/listings?limit=1');
  const own = await data<{ id: string }[]>(host, '/listings?limit=1');
  const trips = await data<{ id: string }[]>(guest, '/bookings?limit=1');
  const requests = await data<{ id: string }[]>(host, '/bookings?as=host&limit=1');
  const listing = hits.hits[0]?.id;
  return [
    { name: 'home', path: '/' },
    { name: 'results', path: '/stays' },
    { name: 'no results', path: '/stays?q=qqqqxyzzy&guests=50' },
    { name: 'listing', path: `/listings/${listing}` },
    { name: 'sign in', path: '/sign-in' },
    { name: 'register', path: '/register' },
    { name: 'forgot password', path: '/forgot-password' },
    { name: 'reset password', path: '/reset-password' },
    { name: 'verify e-mail', path: '/verify-email' },
    { name: 'become a host', path: '/become-a-host' },
    { name: 'not found', path: '/nowhere', status: 404 },
    { name: 'design', path: '/design' },
    { name: 'not allowed', path: '/admin', as: 'guest', status: 403 },
    { name: 'trips', path: '/trips', as: 'guest' },
    { name: 'past trips', path: '/trips?when=past', as: 'guest' },
    { name: 'trip', path: `/trips/${trips[0]?.id}`, as: 'guest' },
    { name: 'account', path: '/account', as: 'guest' },
    { name: 'sessions', path: '/account/sessions', as: 'guest' },
    { name: 'host today', path: '/host', as: 'host' },
    { name: 'host listings', path: '/host/listings', as: 'host' },
    { name: 'new listing', path: '/host/listings/new', as: 'host' },
    { name: 'editor', path: `/host/listings/${own[0]?.id}`, as: 'host' },
    { name: 'editor photos', path: `/host/listings/${own[0]?.id}?step=photos`, as: 'host' },
    { name: 'host calendar', path: `/host/listings/${own[0]?.id}/calendar`, as: 'host' },
    { name: 'host bookings', path: '/host/bookings', as: 'host' },
    { name: 'host booking', path: `/host/bookings/${requests[0]?.id}`, as: 'host' },
    { name: 'numbers', path: '/admin', as: 'admin' },
    { name: 'verifications', path: '/admin/verifications', as: 'admin' },
    { name: 'users', path: '/admin/users', as: 'admin' },
    { name: 'all bookings', path: '/admin/bookings', as: 'admin' },
    { name: 'audit log', path: '/admin/audit-log', as: 'admin' },
    { name: 'dead letters', path: '/admin/dead-letters', as: 'admin' },
    { name: 'errors', path: '/admin/errors', as: 'admin' },
  ];
}

async function data<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(`/api/v1${path}`);
  return ((await answer.json()) as { data: T }).data;
}
