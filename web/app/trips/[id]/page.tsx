import type { Metadata } from 'next';

import { ownTrip } from '@/features/booking/queries';
import { Trip } from '@/features/booking/trip/page';

export async function generateMetadata({ params }: PageProps<'/trips/[id]'>): Promise<Metadata> {
  const { listing } = await ownTrip((await params).id);
  return { title: `Trip to ${listing.city}`, robots: { index: false } };
}

export default async function Page({ params }: PageProps<'/trips/[id]'>) {
  return <Trip trip={await ownTrip((await params).id)} />;
}
