import type { Metadata } from 'next';

import { askedOf, BookingList } from '@/features/hosting/bookings/list';
import { bookingsPage, myListings } from '@/features/hosting/queries';
import { here, requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Bookings' };

export default async function BookingsPage({ searchParams }: PageProps<'/host/bookings'>) {
  await requireUser(await here(), 'host', 'admin');
  const asked = askedOf(await searchParams);
  const [bookings, listings] = await Promise.all([
    bookingsPage(asked),
    myListings(undefined, undefined, 100),
  ]);
  return <BookingList bookings={bookings.data} page={bookings.page} asked={asked} listings={listings.data} />;
}
