import type { Metadata } from 'next';

import { ListingList, statusOf } from '@/features/hosting/listings/list';
import { myListings } from '@/features/hosting/queries';
import { here, requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Listings' };

export default async function ListingsPage({ searchParams }: PageProps<'/host/listings'>) {
  await requireUser(await here(), 'host', 'admin');
  const query = await searchParams;
  const status = statusOf(query.status);
  const { data, page } = await myListings(
    status,
    typeof query.cursor === 'string' ? query.cursor : undefined,
  );
  return <ListingList listings={data} page={page} status={status} />;
}
