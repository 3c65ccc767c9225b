import type { Metadata } from 'next';

import { ListingPreview } from '@/features/hosting/listings/preview';
import { myListing } from '@/features/hosting/queries';
import { here, requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Preview' };

export default async function PreviewPage({ params }: PageProps<'/host/listings/[id]/preview'>) {
  const user = await requireUser(await here(), 'host', 'admin');
  const { listing } = await myListing(user, (await params).id);
  return <ListingPreview listing={listing} />;
}
