/** A day on a calendar, YYYY-MM-DD, of no zone: the listing's own, as the API means it. */
export type CalendarDate = string;

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a day that exists. */
export function isDate(text: unknown): text is CalendarDate {
  if (typeof text !== 'string' || !shape.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

function utc(date: CalendarDate): Date {
  return new Date(`${date}T00:00:00Z`);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  const then = utc(date);
  then.setUTCDate(then.getUTCDate() + days);
  return then.toISOString().slice(0, 10);
}

/** Nights between two days; negative when they stand the other way round. */
export function nightsBetween(checkIn: CalendarDate, checkOut: CalendarDate): number {
  return Math.round((utc(checkOut).getTime() - utc(checkIn).getTime()) / 86_400_000);
}

/** Which day it is in a zone (IANA name), by default in UTC. */
export function today(zone = 'UTC', now = new Date()): CalendarDate {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(now);
}

/** "Fri, 14 May" or, with the year, "Fri, 14 May 2027". */
export function formatDate(
  date: CalendarDate,
  locale = 'en-GB',
  options: Intl.DateTimeFormatOptions = {},
): string {
  const asked = Object.keys(options).length
    ? options
    : { weekday: 'short' as const, day: 'numeric' as const, month: 'short' as const };
  return new Intl.DateTimeFormat(locale, { ...asked, timeZone: 'UTC' }).format(utc(date));
}

/** "14 – 17 May 2027", as short as the two allow. */
export function formatRange(from: CalendarDate, to: CalendarDate, locale = 'en-GB'): string {
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  // Runtimes differ in the spaces around the dash; a page must say the same on the server and in the browser.
  return format.formatRange(utc(from), utc(to)).replace(/[\u2009\u202f\u00a0]/g, ' ');
}

/** An instant on the wall clock of a zone: "14 May 2027, 15:00". */
export function formatInstant(instant: string, zone = 'UTC', locale = 'en-GB'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    new Date(instant),
  );
}

/** How long from now: "in 3 hours", "2 days ago". */
export function formatDistance(instant: string, now = new Date(), locale = 'en'): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_556_952],
    ['month', 2_629_746],
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(Math.trunc(seconds), 'second');
}

/** "1 night", "4 nights": a number with the right form of its noun. */
export function plural(count: number, one: string, other = `${one}s`): string {
  return `${count} ${count === 1 ? one : other}`;
}
