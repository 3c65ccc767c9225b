import type { Role } from '@/lib/api/types';
import { paths } from '@/lib/paths';

// As the API's own table of permissions has it: what would be refused is not offered.

/** The rooms of the admin panel, in the order of the tabs, and who may enter them. */
export const rooms: { href: string; label: string; roles: Role[] }[] = [
  { href: paths.admin(), label: 'Today', roles: ['admin', 'support'] },
  { href: paths.verifications(), label: 'Verifications', roles: ['admin'] },
  { href: paths.users(), label: 'Users', roles: ['admin'] },
  { href: paths.adminBookings(), label: 'Bookings', roles: ['admin'] },
  { href: paths.auditLog(), label: 'Audit log', roles: ['admin'] },
  { href: paths.deadLetters(), label: 'Dead letters', roles: ['admin', 'support'] },
  { href: paths.errors(), label: 'Errors', roles: ['admin'] },
];

/** Whether somebody may change things here, and not only look. */
export function mayAct(role: Role): boolean {
  return role === 'admin';
}
