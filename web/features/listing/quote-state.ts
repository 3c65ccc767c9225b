import type { Quote } from '@/lib/api/types';
import type { StayRange } from '@/ui/calendar/stay';

import type { QuoteProblem } from './problem';

/** What is known of the price of the stay that key names. */
export type QuoteState = { key: string; quote?: Quote; problem?: QuoteProblem };

/** Names a stay of a party. */
export function keyOf(stay: StayRange, guests: number): string {
  return `${stay.start}/${stay.end}/${guests}`;
}
