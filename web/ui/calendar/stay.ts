// Which stays fit between the taken nights of a calendar. A day stands for the night that starts on it; days are YYYY-MM-DD.

/** One day of a calendar of stays. */
export type StayDay = {
  date: string;
  /** Of the night that starts here. closed: too soon, too late or past. */
  night: 'free' | 'taken' | 'closed';
  /** Whether a stay may start here. */
  starts: boolean;
  /** What the night costs, short enough for a cell. */
  price?: string;
};

/** The rules that every stay keeps. */
export type StayRules = { today: string; minNights: number; maxNights: number };

/** A stay; the night before end is its last one. */
export type StayRange = { start: string; end: string };

export type StayDays = ReadonlyMap<string, StayDay>;

/** Why a stay does not fit. */
export type Misfit = 'order' | 'min' | 'max' | 'taken' | 'closed' | 'start' | 'unknown';

const day = 86_400_000;

/** The day so many days later, or earlier. */
export function shift(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

/** Nights from one day to another. */
export function nights(start: string, end: string): number {
  return Math.round((Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / day);
}

/** How many free nights follow each other from a day on, at most so many. */
export function freeRun(days: StayDays, from: string, most: number): number {
  let run = 0;
  while (run < most && days.get(shift(from, run))?.night === 'free') run++;
  return run;
}

/** What stands against a stay from start to end; null when it fits. */
export function misfit(days: StayDays, rules: StayRules, { start, end }: StayRange): Misfit | null {
  const length = nights(start, end);
  if (!(length >= 1)) return 'order';
  const first = days.get(start);
  if (!first) return 'unknown';
  if (first.night !== 'free') return first.night;
  const run = freeRun(days, start, Math.min(length, rules.maxNights + 1));
  if (run < length && run <= rules.maxNights)
    return days.get(shift(start, run))?.night === 'closed' ? 'closed' : 'taken';
  if (length < rules.minNights) return 'min';
  if (length > rules.maxNights) return 'max';
  return first.starts ? null : 'start';
}

/** The first and the last day on which a stay from start may end; null when none may start there. */
export function ends(days: StayDays, rules: StayRules, start: string): StayRange | null {
  if (!days.get(start)?.starts) return null;
  const run = freeRun(days, start, rules.maxNights);
  if (run < rules.minNights) return null;
  return { start: shift(start, rules.minNights), end: shift(start, run) };
}

/**
 * Whether a day can be pressed. Without a start: where a stay may start, and what is chosen already. With one: where the stay may
 * end, or where another one may start instead, but not in the nights that are too few for an end.
 */
export function pressable(
  days: StayDays,
  rules: StayRules,
  date: string,
  anchor: string | null,
  chosen: StayRange | null,
): boolean {
  const starts = days.get(date)?.starts ?? false;
  if (anchor === null) return starts || (chosen !== null && chosen.start <= date && date <= chosen.end);
  if (date === anchor) return true;
  const range = date < anchor ? { start: date, end: anchor } : { start: anchor, end: date };
  if (misfit(days, rules, range) === null) return true;
  const possible = ends(days, rules, anchor);
  return starts && (date < anchor || possible === null || date > possible.start);
}

/** Why a day cannot be pressed, in a sentence; null when it can, or when there is nothing to say. */
export function reason(days: StayDays, rules: StayRules, date: string, anchor: string | null): string | null {
  const one = days.get(date);
  const least = rules.minNights === 1 ? '1 night' : `${rules.minNights} nights`;
  if (anchor !== null && date > anchor) {
    const possible = ends(days, rules, anchor);
    if (possible && date < possible.start) return `A stay has at least ${least}.`;
    if (possible && date <= possible.end) return null;
  }
  if (!one) return null;
  if (one.night === 'taken') return 'This night is taken.';
  if (one.night === 'closed')
    return date < rules.today ? null : 'This night cannot be booked yet, or not any more.';
  if (one.starts) return null;
  const run = freeRun(days, date, rules.minNights);
  return `Check-out only: ${run === 1 ? '1 night is' : `${run} nights are`} free from here, and a stay has at least ${least}.`;
}

/** The first days of so many months, beginning with the one of a day. */
export function monthsFrom(date: string, count: number): string[] {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7)) - 1;
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(year, month + i, 1)).toISOString().slice(0, 10),
  );
}

/** The days of a month in weeks from Monday to Sunday; null where the week belongs to another month. */
export function weeksOf(month: string): (string | null)[][] {
  const first = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
  const lead = (first.getUTCDay() + 6) % 7;
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const weeks: (string | null)[][] = [];
  for (let i = -lead; i < length; i += 7) {
    weeks.push(
      Array.from({ length: 7 }, (_, k) =>
        i + k < 0 || i + k >= length ? null : `${month.slice(0, 7)}-${String(i + k + 1).padStart(2, '0')}`,
      ),
    );
  }
  return weeks;
}
