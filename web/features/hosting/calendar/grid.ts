import { addDays, type CalendarDate, nightsBetween } from '@/lib/dates';

/** A month, YYYY-MM. */
export type Month = string;

export function isMonth(text: unknown): text is Month {
  return (
    typeof text === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && text >= '1970-01' && text <= '2199-12'
  );
}

export function monthOf(date: CalendarDate): Month {
  return date.slice(0, 7);
}

export function firstOf(month: Month): CalendarDate {
  return `${month}-01`;
}

export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The same day of another month, or its last one. */
export function sameDayIn(date: CalendarDate, months: number): CalendarDate {
  const month = addMonths(monthOf(date), months);
  const last = addDays(firstOf(addMonths(month, 1)), -1);
  const day = `${month}${date.slice(7)}`;
  return day > last ? last : day;
}

/** Monday 0 to Sunday 6. */
export function weekday(date: CalendarDate): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The weeks of a month, whole ones: the days before and after belong to its neighbours. */
export function weeksOf(month: Month): CalendarDate[][] {
  const start = addDays(firstOf(month), -weekday(firstOf(month)));
  const weeks: CalendarDate[][] = [];
  for (let monday = start; monthOf(monday) <= month; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(monday, i)));
  }
  return weeks;
}

/** Nights from the one to the other, both included, whichever is the earlier. */
export type Selection = { anchor: CalendarDate; end: CalendarDate };

export function spanOf({ anchor, end }: Selection): { first: CalendarDate; last: CalendarDate } {
  return anchor <= end ? { first: anchor, last: end } : { first: end, last: anchor };
}

export function contains(selection: Selection | null, date: CalendarDate): boolean {
  if (!selection) return false;
  const { first, last } = spanOf(selection);
  return date >= first && date <= last;
}

/** Every day from the first to the last. */
export function daysOf(first: CalendarDate, last: CalendarDate): CalendarDate[] {
  return Array.from({ length: Math.max(0, nightsBetween(first, last) + 1) }, (_, i) => addDays(first, i));
}

/** Where the focus goes from a day by a key of the grid pattern; null for keys that do not move. */
export function moveBy(key: string, date: CalendarDate, rtl = false): CalendarDate | null {
  const sideways = rtl ? -1 : 1;
  switch (key) {
    case 'ArrowRight':
      return addDays(date, sideways);
    case 'ArrowLeft':
      return addDays(date, -sideways);
    case 'ArrowDown':
      return addDays(date, 7);
    case 'ArrowUp':
      return addDays(date, -7);
    case 'Home':
      return addDays(date, -weekday(date));
    case 'End':
      return addDays(date, 6 - weekday(date));
    case 'PageDown':
      return sameDayIn(date, 1);
    case 'PageUp':
      return sameDayIn(date, -1);
    default:
      return null;
  }
}
