import type { Quote } from '@/lib/api/types';
import type { StayRange } from '@/ui/calendar/stay';

import type { QuoteProblem } from './problem';

/** What a page tells of a quote: not its token, which only the checkout needs and a page that is kept should not hold. */
export type ShownQuote = Pick<Quote, 'nights' | 'lines' | 'total' | 'nightly_average_minor'>;

/** What is known of the price of the stay that key names. */
export type QuoteState = { key: string; quote?: ShownQuote; problem?: QuoteProblem };

export function shownQuote({ nights, lines, total, nightly_average_minor }: Quote): ShownQuote {
  return { nights, lines, total, nightly_average_minor };
}

/** Names a stay of a party. */
export function keyOf(stay: StayRange, guests: number): string {
  return `${stay.start}/${stay.end}/${guests}`;
}
