import { isDate } from '@/lib/dates';
import type { StayRange } from '@/ui/calendar/stay';

/** What the address of a listing asks for. */
export type StayQuery = {
  stay: StayRange | null;
  guests: number;
  /** Dates are there that make no stay. */
  invalid: boolean;
};

type Values = Record<string, string | string[] | undefined>;

/** Reads check_in, check_out and guests; what makes no sense is as if it were not there. */
export function stayQuery(values: Values, maxGuests: number): StayQuery {
  const { check_in: start, check_out: end, guests } = values;
  const stay = isDate(start) && isDate(end) && start < end ? { start, end } : null;
  const invalid = !stay && Boolean(start ?? end);
  const count = typeof guests === 'string' && /^\d{1,2}$/.test(guests) ? Number(guests) : 1;
  return { stay, guests: Math.min(Math.max(count, 1), Math.max(maxGuests, 1)), invalid };
}

/** The same from the parameters that the browser has. */
export function stayQueryOf(parameters: URLSearchParams, maxGuests: number): StayQuery {
  return stayQuery(Object.fromEntries(parameters), maxGuests);
}
