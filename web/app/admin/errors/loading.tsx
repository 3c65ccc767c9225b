import { ListSkeleton } from '@/features/admin/shared/skeletons';

export default function Loading() {
  return <ListSkeleton label="Loading errors" filters={3} />;
}
