import { paths } from '@/lib/paths';

/** The address of one dead letter. */
export function deadLetter(id: string): string {
  return `${paths.deadLetters()}/${encodeURIComponent(id)}`;
}

/** The address of one group of errors. */
export function errorGroup(id: string): string {
  return `${paths.errors()}/${encodeURIComponent(id)}`;
}

/** Where an entry of the audit log is about something that has a page here: its address. */
export function targetAddress(type: string, id: string | undefined): string | null {
  if (!id) return null;
  switch (type) {
    case 'user':
      return paths.user(id);
    case 'booking':
      return paths.adminBooking(id);
    case 'listing':
      return paths.listing(id);
    case 'dead_letter':
      return deadLetter(id);
    case 'error':
      return errorGroup(id);
    default:
      return null;
  }
}
