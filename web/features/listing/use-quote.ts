'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

import { api } from '@/lib/api/browser';
import { dataOf } from '@/lib/api/failure';
import type { StayRange } from '@/ui/calendar/stay';

import { problemOf } from './problem';
import { keyOf, type QuoteState, shownQuote } from './quote-state';

/** How long somebody may go on choosing before the price is asked for, in milliseconds. */
const calm = 220;

/** The price of a stay, asked anew when the stay changes; until it comes the one before stays, marked as pricing. */
export function useQuote(
  listingId: string,
  stay: StayRange | null,
  guests: number,
  first: QuoteState | null,
) {
  const [known, know] = useState(first);
  const [tries, setTries] = useState(0);
  const key = stay ? keyOf(stay, guests) : null;
  const answered = useRef(first ? `${first.key}#0` : null);

  useEffect(() => {
    if (!key || answered.current === `${key}#${tries}`) return undefined;
    const [check_in = '', check_out = '', count = '1'] = key.split('/');
    const call = new AbortController();
    const timer = setTimeout(async () => {
      let state: QuoteState;
      try {
        const quote = await dataOf(
          api.POST('/listings/{listing_id}/quotes', {
            params: { path: { listing_id: listingId } },
            body: { check_in, check_out, guests: Number(count) },
            signal: call.signal,
          }),
        );
        state = { key, quote: shownQuote(quote) };
      } catch (error) {
        state = { key, problem: problemOf(error) };
      }
      if (call.signal.aborted) return;
      answered.current = `${key}#${tries}`;
      know(state);
    }, calm);
    return () => {
      clearTimeout(timer);
      call.abort();
    };
  }, [key, tries, listingId]);

  const again = useCallback(() => {
    know(null);
    setTries((count) => count + 1);
  }, []);
  return { price: key ? known : null, pricing: key !== null && known?.key !== key, again };
}
