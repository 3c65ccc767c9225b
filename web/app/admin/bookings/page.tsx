import type { Metadata } from 'next';

import { Bookings } from '@/features/admin/bookings/bookings';

export const metadata: Metadata = { title: 'Bookings' };

export default async function BookingsPage({ searchParams }: PageProps<'/admin/bookings'>) {
  return <Bookings search={await searchParams} />;
}
