import type { Block, Booking, Calendar, CalendarDay } from '@/lib/api/types';
import { addDays, type CalendarDate, formatDate } from '@/lib/dates';
import { formatMoney } from '@/lib/money';

/** A night as its host sees it. */
export type Night = {
  date: CalendarDate;
  state: 'free' | 'booked' | 'asked' | 'blocked' | 'closed';
  minor: number;
  booking?: Booking;
  block?: Block;
};

export type Nights = Map<CalendarDate, Night>;

/**
 * The nights with who stays and why they are blocked. The calendar is the API's; blocks are those that are held here, which may
 * be a moment ahead of it.
 */
export function nightsOf(calendar: Calendar, blocks: Block[], bookings: Booking[]): Nights {
  const nights: Nights = new Map();
  for (const day of calendar.days)
    nights.set(day.date, { date: day.date, state: stateOf(day, calendar.today), minor: day.nightly_minor });
  for (const block of blocks)
    each(nights, block.start, block.end, (night) => ({ ...night, state: 'blocked', block }));
  for (const booking of bookings) {
    const state = booking.status === 'PENDING' ? 'asked' : 'booked';
    each(nights, booking.check_in, booking.check_out, (night) => ({ ...night, state, booking }));
  }
  return nights;
}

// Which nights of today and later are blocked, the blocks say themselves; those that are over are in no list any more.
function stateOf(day: CalendarDay, today: CalendarDate): Night['state'] {
  return day.state === 'blocked' && day.date >= today ? 'free' : day.state;
}

function each(nights: Nights, from: CalendarDate, to: CalendarDate, change: (night: Night) => Night): void {
  for (let date = from; date < to; date = addDays(date, 1)) {
    const night = nights.get(date);
    if (night) nights.set(date, change(night));
  }
}

const long: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };

/** A night in words, for who does not see it. */
export function inWords(night: Night, currency: string): string {
  const day = formatDate(night.date, 'en-GB', long);
  const price = currency ? `, ${formatMoney({ minor: night.minor, currency })}` : '';
  switch (night.state) {
    case 'booked':
      return `${day}: ${night.booking ? `booked by ${night.booking.guest.name}, code ${night.booking.code}` : 'booked'}`;
    case 'asked':
      return `${day}: requested by ${night.booking?.guest.name ?? 'a guest'}, waits for your answer`;
    case 'blocked':
      return `${day}: blocked${night.block?.note ? `, ${night.block.note}` : ''}`;
    case 'closed':
      return `${day}: not bookable`;
    default:
      return `${day}: free${price}`;
  }
}

/** A bar over the nights of a week that belong to one booking or block. */
export type Bar = {
  key: string;
  start: CalendarDate;
  span: number;
  label: string;
  state: Night['state'];
  begins: boolean;
  ends: boolean;
};

/** The bars of a week, each beginning at the first of its nights in it. */
export function barsOf(week: CalendarDate[], nights: Nights): Bar[] {
  const bars: Bar[] = [];
  for (const date of week) {
    const night = nights.get(date);
    const thing = night && (night.booking ?? night.block);
    if (!night || !thing) continue;
    const last = bars.at(-1);
    if (last?.key === thing.id && addDays(last.start, last.span) === date) {
      last.span += 1;
    } else {
      const label = night.booking ? night.booking.guest.name : night.block?.note || 'Blocked';
      const from = night.booking ? night.booking.check_in : night.block?.start;
      bars.push({
        key: thing.id,
        start: date,
        span: 1,
        label,
        state: night.state,
        begins: from === date,
        ends: false,
      });
    }
    const bar = bars.at(-1);
    const until = night.booking ? night.booking.check_out : night.block?.end;
    if (bar) bar.ends = addDays(date, 1) === until;
  }
  return bars;
}

/** How many nights of each kind there are from one day to another (without the last). */
export function countsOf(
  nights: Nights,
  from: CalendarDate,
  to: CalendarDate,
): Record<Night['state'], number> {
  const counts = { free: 0, booked: 0, asked: 0, blocked: 0, closed: 0 };
  for (const night of nights.values()) if (night.date >= from && night.date < to) counts[night.state] += 1;
  return counts;
}
