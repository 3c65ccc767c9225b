import type { Metadata } from 'next';

import { BookingDetail } from '@/features/hosting/bookings/detail';
import { hostedBooking } from '@/features/hosting/queries';
import { here, requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Booking' };

export default async function BookingPage({ params }: PageProps<'/host/bookings/[id]'>) {
  const user = await requireUser(await here(), 'host', 'admin');
  const { booking, history } = await hostedBooking(user, (await params).id);
  return <BookingDetail booking={booking} history={history} />;
}
