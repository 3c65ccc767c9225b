import { ListSkeleton } from '@/features/admin/shared/skeletons';

export default function Loading() {
  return <ListSkeleton label="Loading users" filters={3} />;
}
