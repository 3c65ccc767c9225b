import { listingMetadata } from '@/features/listing/metadata';
import { ListingPage } from '@/features/listing/page';
import { publicListing } from '@/features/listing/queries';
import { stayQuery } from '@/features/listing/query';

export async function generateMetadata({ params }: PageProps<'/listings/[id]'>) {
  return listingMetadata((await params).id);
}

export default async function Page({ params, searchParams }: PageProps<'/listings/[id]'>) {
  const listing = await publicListing((await params).id);
  return <ListingPage listing={listing} wanted={stayQuery(await searchParams, listing.max_guests)} />;
}
