// Every address of the web stands here, so that a link cannot lead nowhere.

type Query = Record<string, string | number | undefined | null>;

/** The path with the parameters that have a value. */
export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path;
}

/** Where to go on to after signing in: only inside of this site. */
export function safeNext(next: unknown, fallback = '/'): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : fallback;
}

export const paths = {
  home: () => '/',
  stays: (query: Query = {}) => withQuery('/stays', query),
  listing: (id: string, query: { check_in?: string; check_out?: string; guests?: number } = {}) =>
    withQuery(`/listings/${id}`, query),
  checkout: (id: string, query: { check_in: string; check_out: string; guests: number }) =>
    withQuery(`/listings/${id}/book`, query),

  trips: (when?: string) => withQuery('/trips', { when }),
  trip: (id: string) => `/trips/${id}`,

  signIn: (next?: string) => withQuery('/sign-in', { next }),
  register: (next?: string) => withQuery('/register', { next }),
  verifyEmail: () => '/verify-email',
  forgotPassword: () => '/forgot-password',
  resetPassword: () => '/reset-password',

  account: () => '/account',
  sessions: () => '/account/sessions',
  becomeHost: () => '/become-a-host',

  host: () => '/host',
  hostListings: () => '/host/listings',
  newListing: () => '/host/listings/new',
  editListing: (id: string, step?: string) => withQuery(`/host/listings/${id}`, { step }),
  hostCalendar: (id: string, month?: string) => withQuery(`/host/listings/${id}/calendar`, { month }),
  hostBookings: (query: Query = {}) => withQuery('/host/bookings', query),
  hostBooking: (id: string) => `/host/bookings/${id}`,

  admin: () => '/admin',
  verifications: (id?: string) => withQuery('/admin/verifications', { id }),
  users: (query: Query = {}) => withQuery('/admin/users', query),
  user: (id: string) => `/admin/users/${id}`,
  adminBookings: (query: Query = {}) => withQuery('/admin/bookings', query),
  adminBooking: (id: string) => `/admin/bookings/${id}`,
  auditLog: (query: Query = {}) => withQuery('/admin/audit-log', query),
  deadLetters: (query: Query = {}) => withQuery('/admin/dead-letters', query),
  errors: (query: Query = {}) => withQuery('/admin/errors', query),

  design: () => '/design',
};
