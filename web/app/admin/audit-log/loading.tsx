import { ListSkeleton } from '@/features/admin/shared/skeletons';

export default function Loading() {
  return <ListSkeleton label="Loading the audit log" filters={4} />;
}
