import 'server-only';

import { notFound } from 'next/navigation';
import { cache } from 'react';

import { dataOf, isFailure } from '@/lib/api/failure';
import { publicAPI } from '@/lib/api/server';
import type { Calendar, Listing } from '@/lib/api/types';
import { addDays, today } from '@/lib/dates';
import { monthsFrom } from '@/ui/calendar/stay';

import { problemOf } from './problem';
import type { StayQuery } from './query';
import { keyOf, type QuoteState, shownQuote } from './quote-state';

/** A listing as everybody sees it; what is not live, or no listing at all, is not found. Asked once per request. */
export const publicListing = cache(async (id: string): Promise<Listing> => {
  try {
    return await dataOf(
      (await publicAPI()).GET('/listings/{listing_id}', { params: { path: { listing_id: id } } }),
    );
  } catch (error) {
    if (isFailure(error) && [400, 404, 422].includes(error.status)) notFound();
    throw error;
  }
});

/** What the page of a listing shows beside it, as far as it can be had: the page is useful without. */
export async function stayOf(listing: Listing, wanted: StayQuery) {
  const now = new Date();
  const month =
    monthsFrom(wanted.stay?.start ?? today(listing.timezone, now), 1)[0] ?? today(listing.timezone, now);
  const [calendar, quote] = await Promise.all([days(listing.id, month), quoted(listing.id, wanted)]);
  return { calendar, quote, now: now.toISOString() };
}

async function days(id: string, from: string): Promise<Calendar | null> {
  try {
    const period = { from, to: addDays(from, 92) };
    return await dataOf(
      (await publicAPI()).GET('/listings/{listing_id}/calendar', {
        params: { path: { listing_id: id }, query: period },
      }),
    );
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}

async function quoted(id: string, { stay, guests }: StayQuery): Promise<QuoteState | null> {
  if (!stay) return null;
  const key = keyOf(stay, guests);
  try {
    const quote = await dataOf(
      (await publicAPI()).POST('/listings/{listing_id}/quotes', {
        params: { path: { listing_id: id } },
        body: { check_in: stay.start, check_out: stay.end, guests },
      }),
    );
    return { key, quote: shownQuote(quote) };
  } catch (error) {
    return { key, problem: problemOf(error) };
  }
}
