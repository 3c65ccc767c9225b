import { DetailSkeleton } from '@/features/admin/shared/skeletons';

export default function Loading() {
  return <DetailSkeleton label="Loading" />;
}
