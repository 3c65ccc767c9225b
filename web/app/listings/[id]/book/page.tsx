import type { Metadata } from 'next';

import { Checkout } from '@/features/booking/checkout/page';
import { publicListing } from '@/features/listing/queries';
import { stayQuery } from '@/features/listing/query';

export const metadata: Metadata = { title: 'Book', robots: { index: false } };

export default async function Page({ params, searchParams }: PageProps<'/listings/[id]/book'>) {
  const listing = await publicListing((await params).id);
  const { stay, guests } = stayQuery(await searchParams, listing.max_guests);
  return (
    <Checkout listing={listing} wanted={stay && { check_in: stay.start, check_out: stay.end, guests }} />
  );
}
