import { ownTrip } from '@/features/booking/queries';

/** Above the skeletons, so that somebody else's booking answers 404 and not a page that has begun already. */
export default async function TripLayout({ params, children }: LayoutProps<'/trips/[id]'>) {
  await ownTrip((await params).id);
  return children;
}
