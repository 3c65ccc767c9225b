import type { Metadata } from 'next';

import { BookingDetail } from '@/features/admin/bookings/booking';

export const metadata: Metadata = { title: 'Booking' };

export default async function BookingDetailPage({ params }: PageProps<'/admin/bookings/[id]'>) {
  return <BookingDetail id={(await params).id} />;
}
