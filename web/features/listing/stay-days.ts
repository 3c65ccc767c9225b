import type { Calendar } from '@/lib/api/types';
import { minorUnits, roundMoney } from '@/lib/money';
import type { StayDay, StayDays, StayRules } from '@/ui/calendar/stay';

const longest = 7; // characters that fit into a cell of a small screen

/** A price for a cell of the calendar: "€120", "1.2M". */
export function shortPrice(minor: number, currency: string): string {
  const text = roundMoney({ minor, currency });
  if (text.length <= longest) return text;
  const units = minor / minorUnits(currency);
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(units);
}

/** The API's calendar in the terms of the calendar that is shown. */
export function stayDays({ currency, days }: Calendar): StayDay[] {
  const prices = new Map<number, string>();
  return days.map(({ date, state, nightly_minor: minor, check_in: starts }) => {
    const night = state === 'free' || state === 'closed' ? state : 'taken';
    if (night !== 'free' || !currency || minor <= 0) return { date, night, starts };
    let price = prices.get(minor);
    if (!price) prices.set(minor, (price = shortPrice(minor, currency)));
    return { date, night, starts, price };
  });
}

export function byDate(days: StayDay[]): StayDays {
  return new Map(days.map((day) => [day.date, day]));
}

export function stayRules({ today, min_nights: minNights, max_nights: maxNights }: Calendar): StayRules {
  return { today, minNights, maxNights };
}
