import { isFailure } from '@/lib/api/failure';
import type { StayRange } from '@/ui/calendar/stay';
import { nearestStays } from '@/ui/stay/nearest';
import { readable } from '@/ui/stay/words';

/** Why there is no price for a stay, and what could be had instead. Plain data: it goes from the server to the browser. */
export type QuoteProblem = { code: string; sentences: string[]; nearest: StayRange[]; again: boolean };

/** What a failed quote tells. */
export function problemOf(error: unknown): QuoteProblem {
  if (!isFailure(error))
    return {
      code: 'unreachable',
      sentences: ['The price cannot be shown right now.'],
      nearest: [],
      again: true,
    };
  const fields = error.fieldErrors.map(({ message }) => readable(message));
  return {
    code: error.code,
    sentences: fields.length > 0 ? fields : [readable(error.message)],
    nearest: nearestStays(error.details.nearest_dates),
    again: error.kind === 'unreachable' || error.status >= 500 || error.status === 429,
  };
}
