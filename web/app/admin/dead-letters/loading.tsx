import { ListSkeleton } from '@/features/admin/shared/skeletons';

export default function Loading() {
  return <ListSkeleton label="Loading dead letters" filters={4} />;
}
