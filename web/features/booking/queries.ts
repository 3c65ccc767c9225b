import 'server-only';

import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';

import { type Carried, dataOf, isFailure, open } from '@/lib/api/failure';
import { api, publicAPI } from '@/lib/api/server';
import type { Booking, BookingChange, Cancellation, Listing, Quote } from '@/lib/api/types';
import { paths } from '@/lib/paths';
import { currentUser, here } from '@/lib/session';
import { nearestStays } from '@/ui/stay/nearest';
import { readable } from '@/ui/stay/words';

import { holdsNights, type When } from './state';

/** A stay that somebody wants to book. */
export type Wanted = { check_in: string; check_out: string; guests: number };

/** Why a stay has no price, and what could be had instead. */
export type Refusal = { code: string; sentences: string[]; nearest: { start: string; end: string }[] };

/** The price of a stay, with the instant it was given; or why there is none. */
export async function quoteFor(
  listingId: string,
  body: Wanted,
): Promise<{ quote: Quote; life: number } | { refusal: Refusal }> {
  const asked = Date.now();
  try {
    const quote = await dataOf(
      (await publicAPI()).POST('/listings/{listing_id}/quotes', {
        params: { path: { listing_id: listingId } },
        body,
      }),
    );
    return { quote, life: Date.parse(quote.expires_at) - asked };
  } catch (error) {
    if (!isFailure(error) || error.kind === 'unreachable' || error.status >= 500) throw error;
    const fields = error.fieldErrors.map(({ message }) => readable(message));
    return {
      refusal: {
        code: error.code,
        sentences: fields.length > 0 ? fields : [readable(error.message)],
        nearest: nearestStays(error.details.nearest_dates),
      },
    };
  }
}

/** The caller's own booking that holds nights of this stay already, if there is one. */
export async function ownBooking(
  listingId: string,
  { check_in, check_out }: Wanted,
): Promise<Booking | null> {
  const own = await dataOf(
    (await api()).GET('/bookings', { params: { query: { listing_id: listingId, limit: 50 } } }),
  );
  return own.find((one) => holdsNights(one) && one.check_in < check_out && check_in < one.check_out) ?? null;
}

/** A page of the caller's stays, those to come and the one that is soonest first. */
export async function ownBookings(when: When, cursor: string | undefined): Promise<Carried<Booking[]>> {
  try {
    return await open((await api()).GET('/bookings', { params: { query: { when, cursor } } }));
  } catch (error) {
    if (isFailure(error) && error.status === 401) redirect(paths.signIn(await here()));
    // A cursor of another tab, or none at all: the list begins anew.
    if (isFailure(error) && cursor && [400, 422].includes(error.status)) redirect(paths.trips(when));
    throw error;
  }
}

/**
 * A stay that the caller booked; what is somebody else's, or none at all, is not found, and its host is led to the host's side of it.
 * Asked once per request.
 */
export const ownTrip = cache(async (id: string): Promise<Booking> => {
  const [booking, user] = await Promise.all([visibleBooking(id), currentUser()]);
  if (booking.guest.id === user?.id) return booking;
  if (booking.host.id === user?.id) redirect(paths.hostBooking(id));
  notFound();
});

async function visibleBooking(id: string): Promise<Booking> {
  try {
    return await dataOf(
      (await api()).GET('/bookings/{booking_id}', { params: { path: { booking_id: id } } }),
    );
  } catch (error) {
    if (isFailure(error) && error.status === 401) redirect(paths.signIn(await here()));
    if (isFailure(error) && [400, 403, 404, 422].includes(error.status)) notFound();
    throw error;
  }
}

/** What stands beside a trip; each part that cannot be had is left out. */
export async function besideTrip(booking: Booking) {
  const client = await api();
  const path = { booking_id: booking.id };
  const [history, cancellation, listing] = await Promise.all([
    unlessFailed<BookingChange[]>(dataOf(client.GET('/bookings/{booking_id}/history', { params: { path } }))),
    unlessFailed<Cancellation>(
      dataOf(client.GET('/bookings/{booking_id}/cancellation', { params: { path } })),
    ),
    listingOf(booking.listing.id),
  ]);
  return { history: history ?? [], cancellation, listing, now: Date.now() };
}

/** The public face of a listing; null when it is not live any more. */
export const listingOf = cache(async (id: string): Promise<Listing | null> =>
  unlessFailed(
    dataOf((await publicAPI()).GET('/listings/{listing_id}', { params: { path: { listing_id: id } } })),
  ),
);

async function unlessFailed<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}
