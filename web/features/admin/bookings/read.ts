import 'server-only';

import { type Carried, open } from '@/lib/api/failure';
import type { operations } from '@/lib/api/schema';
import { api } from '@/lib/api/server';
import type { Booking } from '@/lib/api/types';

type Query = NonNullable<operations['listAllBookings']['parameters']['query']>;

/** Which bookings are asked for. */
export type BookingFilters = Omit<Query, 'cursor' | 'limit'>;

/** Bookings of everybody, newest first. */
export async function allBookings(query: Query): Promise<Carried<Booking[]>> {
  return open((await api()).GET('/admin/bookings', { params: { query } }));
}
