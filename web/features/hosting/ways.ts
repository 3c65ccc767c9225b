import { paths, withQuery } from '@/lib/paths';

// Addresses of the host's rooms that lib/paths.ts does not have by themselves.

/** How guests will see a listing. */
export function previewPath(id: string): string {
  return `${paths.editListing(id)}/preview`;
}

/** The calendar of a listing at a month, as a month or as a year. */
export function calendarPath(id: string, month: string, view: 'month' | 'year'): string {
  return withQuery(paths.hostCalendar(id), { month, view: view === 'year' ? 'year' : undefined });
}
