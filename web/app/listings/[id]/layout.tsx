import { publicListing } from '@/features/listing/queries';

/** Above the skeletons, so that what does not exist answers 404 and not a page that has begun already. */
export default async function ListingLayout({ params, children }: LayoutProps<'/listings/[id]'>) {
  await publicListing((await params).id);
  return children;
}
