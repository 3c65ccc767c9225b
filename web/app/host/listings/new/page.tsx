import type { Metadata } from 'next';

import { NewListingForm } from '@/features/hosting/listings/new-form';
import { here, requireUser } from '@/lib/session';
import { PageHeader } from '@/ui/layout';

export const metadata: Metadata = { title: 'New listing' };

export default async function NewListingPage() {
  await requireUser(await here(), 'host', 'admin');
  return (
    <>
      <PageHeader
        title="A new listing"
        lead="A few facts to begin with. Photos, price and rules follow in steps; nobody else sees it yet."
      />
      <NewListingForm />
    </>
  );
}
