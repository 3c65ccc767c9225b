import 'server-only';

import { notFound, redirect } from 'next/navigation';

import { dataOf, isFailure, open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { Booking, BookingStatus, Listing, ListingStatus, User } from '@/lib/api/types';
import { addDays, type CalendarDate } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { here } from '@/lib/session';

import type { Start } from './editor/store';

/** What a page needs, or the page's other endings: not there (404), signed out in the meantime (401). */
async function orElse<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isFailure(error) && (error.status === 404 || error.status === 400)) notFound();
    if (isFailure(error) && error.status === 401) redirect(paths.signIn(await here()));
    throw error;
  }
}

/** Not to fail where a page is still useful without a part of it. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isFailure(error) && error.status !== 401) return null;
    throw error;
  }
}

/** A page of the host's listings, newest first. */
export async function myListings(status?: ListingStatus, cursor?: string, limit = 20) {
  const client = await api();
  return orElse(open(client.GET('/listings', { params: { query: { status, cursor, limit } } })));
}

/** One listing of the host's own; to others it is not there. */
export async function myListing(user: User, id: string): Promise<{ listing: Listing; etag: string | null }> {
  const client = await api();
  const path = { listing_id: id };
  const { data, etag } = await orElse(open(client.GET('/listings/{listing_id}', { params: { path } })));
  if (data.host.id !== user.id) notFound();
  return { listing: data, etag };
}

/** What the editor starts with. */
export async function editorStart(user: User, id: string): Promise<Start> {
  const client = await api();
  const params = { path: { listing_id: id } };
  const [{ listing, etag }, price, rules] = await Promise.all([
    myListing(user, id),
    open(client.GET('/listings/{listing_id}/price', { params })).catch((error: unknown) => {
      if (isFailure(error) && error.status === 404) return null;
      throw error;
    }),
    orElse(open(client.GET('/listings/{listing_id}/availability-rules', { params }))),
  ]);
  return {
    listing,
    etag,
    price: price && { value: price.data, etag: price.etag },
    rules: { value: rules.data, etag: rules.etag },
  };
}

export type BookingFilter = {
  status?: BookingStatus;
  listing_id?: string;
  when?: 'upcoming' | 'current' | 'past';
  stay_from?: CalendarDate;
  stay_to?: CalendarDate;
  cursor?: string;
  limit?: number;
};

/** A page of the bookings at the host's listings. */
export async function myBookings(filter: BookingFilter) {
  const client = await api();
  return open(client.GET('/bookings', { params: { query: { as: 'host', ...filter } } }));
}

/** The same, for a page that is nothing without it. */
export async function bookingsPage(filter: BookingFilter) {
  return orElse(myBookings(filter));
}

/** One booking at the host's listings, with its history; the guest's own is shown among the trips. */
export async function hostedBooking(user: User, id: string) {
  const client = await api();
  const params = { path: { booking_id: id } };
  const booking = await orElse(dataOf(client.GET('/bookings/{booking_id}', { params })));
  if (booking.host.id !== user.id) {
    if (booking.guest.id === user.id) redirect(paths.trip(id));
    if (user.role === 'admin') redirect(paths.adminBooking(id));
    notFound();
  }
  const history = await orNull(dataOf(client.GET('/bookings/{booking_id}/history', { params })));
  return { booking, history };
}

const occupying: BookingStatus[] = ['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED'];

/** Everything on a listing's calendar between two days (without the last): prices and states, bookings, blocks. */
export async function calendarOf(id: string, from: CalendarDate, to: CalendarDate) {
  const client = await api();
  const path = { listing_id: id };
  const [calendar, blocks, bookings] = await Promise.all([
    orElse(dataOf(client.GET('/listings/{listing_id}/calendar', { params: { path, query: { from, to } } }))),
    orElse(dataOf(client.GET('/listings/{listing_id}/blocks', { params: { path } }))),
    staysBetween(from, to, id),
  ]);
  return { calendar, blocks, bookings };
}

/** The longest period that the API looks through at once, in days. */
const longestPeriod = 366;

/** The stays that have a night between two days (without the last), of one or of all listings. */
export async function staysBetween(
  from: CalendarDate,
  to: CalendarDate,
  listing_id?: string,
): Promise<Booking[]> {
  const found = new Map<string, Booking>();
  for (let stay_from = from; stay_from < to; stay_from = addDays(stay_from, longestPeriod)) {
    const end = addDays(stay_from, longestPeriod);
    const stay_to = end < to ? end : to;
    let cursor: string | undefined;
    // Far more pages than anybody has guests; a list that never ends must not hold the page up.
    for (let page = 0; page < 10; page++) {
      const answer = await orElse(myBookings({ listing_id, stay_from, stay_to, cursor, limit: 100 }));
      for (const one of answer.data) if (occupying.includes(one.status)) found.set(one.id, one);
      cursor = answer.page?.next ?? undefined;
      if (!cursor) break;
    }
  }
  return [...found.values()];
}

/** All that a host wants to know in the morning. */
export async function todayOf(day: CalendarDate) {
  const [requests, stays, drafts, rejected, pending, listings] = await Promise.all([
    orElse(myBookings({ status: 'PENDING', limit: 50 })),
    // Who leaves today has the last night before it; and it is not the same day everywhere.
    staysBetween(addDays(day, -2), addDays(day, 9)),
    myListings('draft', undefined, 5),
    myListings('rejected', undefined, 5),
    myListings('pending', undefined, 5),
    myListings(undefined, undefined, 50),
  ]);
  const sentBack = listings.data.filter((one) => one.pending_revision?.status === 'rejected');
  return {
    requests: requests.data,
    stays,
    drafts: drafts.data,
    rejected: [...rejected.data, ...sentBack],
    pending: pending.data,
    first: listings.data.length === 0,
  };
}
