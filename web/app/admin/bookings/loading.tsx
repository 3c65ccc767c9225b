import { ListSkeleton } from '@/features/admin/shared/skeletons';

export default function Loading() {
  return <ListSkeleton label="Loading bookings" filters={6} />;
}
