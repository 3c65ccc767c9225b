import type { CancellationPolicy, Money } from './api/types';
import { addDays, type CalendarDate, formatInstant } from './dates';
import { formatMoney } from './money';

// The rules of server/booking/refund.go, in the same order: deadlines are days before check-in at the check-in time on the wall
// clock of the place. What counts when somebody cancels is what the API answers; this shows it before there is a booking.

/** A share of the price that comes back until an instant; the last step has none. */
export type RefundStep = { until: Date | null; bps: number };

/** What the steps depend on. */
export type StayTerms = {
  policy: CancellationPolicy;
  checkIn: CalendarDate;
  /** HH:MM on the wall clock of the zone. */
  checkInFrom: string;
  zone: string;
  bookedAt: Date;
};

const everything = 10_000;
const half = 5_000;
const regretTime = 48 * 3_600_000;

const minute = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone at an instant, in milliseconds as if it were UTC. */
function wall(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minutes, second);
}

/**
 * The instant at which a clock on the wall of a zone shows HH:MM on a day. An hour that a change of clocks leaves out or repeats is
 * read with the offset that holds at about that time, as the server does.
 */
export function wallClock(date: CalendarDate, time: string, zone: string): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const shown = Date.parse(`${date}T00:00:00Z`) + (hours * 60 + minutes) * minute;
  const guess = shown - (wall(shown, zone) - shown);
  return new Date(shown - (wall(guess, zone) - guess));
}

/** The policy laid out in time, earliest first; steps may lie in the past. */
export function refundSteps({ policy, checkIn, checkInFrom, zone, bookedAt }: StayTerms): RefundStep[] {
  const daysBefore = (days: number) => wallClock(addDays(checkIn, -days), checkInFrom, zone);
  switch (policy) {
    case 'flexible':
      return [
        { until: daysBefore(1), bps: everything },
        { until: null, bps: half },
      ];
    case 'moderate':
      return [
        { until: daysBefore(5), bps: everything },
        { until: daysBefore(1), bps: half },
        { until: null, bps: 0 },
      ];
    case 'strict': {
      const regret = new Date(bookedAt.getTime() + regretTime);
      const full = daysBefore(14);
      return [
        { until: regret < full ? regret : full, bps: everything },
        { until: daysBefore(7), bps: half },
        { until: null, bps: 0 },
      ];
    }
  }
}

/** The steps that still matter: the one that holds now, and what follows. */
export function stepsFrom(steps: RefundStep[], now: Date): RefundStep[] {
  return steps.filter(({ until }) => until === null || now < until);
}

/** What a share of an amount is in minor units, rounded half up as the server does. */
export function shareOf(minor: number, bps: number): number {
  return Math.floor((minor * bps + 5_000) / 10_000);
}

/** A step in words: what comes back, and until when. */
export type ToldStep = { title: string; detail: string; tone: 'good' | 'half' | 'none' };

/** The steps that still matter, in words; amounts where the total is known. */
export function toldSteps(terms: StayTerms, now: Date, total?: Money): ToldStep[] {
  return stepsFrom(refundSteps(terms), now).map(({ until, bps }, i) => {
    const share =
      bps === everything
        ? 'Everything comes back'
        : bps > 0
          ? 'Half of the price comes back'
          : 'Nothing comes back';
    const amount = total && formatMoney({ minor: shareOf(total.minor, bps), currency: total.currency });
    return {
      title: amount && bps > 0 ? `${share} (${amount})` : share,
      detail: until
        ? `If you cancel before ${formatInstant(until.toISOString(), terms.zone)}`
        : i > 0
          ? 'After that'
          : 'From now on',
      tone: bps === everything ? 'good' : bps > 0 ? 'half' : 'none',
    };
  });
}

/** The policy in a sentence, for when no dates are chosen. */
export const policySentences: Record<CancellationPolicy, string> = {
  flexible: 'Everything comes back until one day before check-in, then half.',
  moderate: 'Everything comes back until five days before check-in, half until one day before, then nothing.',
  strict:
    'Everything comes back within 48 hours of booking if check-in is at least 14 days away, half until seven days before check-in, then nothing.',
};
