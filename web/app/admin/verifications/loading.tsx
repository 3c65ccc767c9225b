import { QueueSkeleton } from '@/features/admin/verifications/skeleton';

export default function Loading() {
  return <QueueSkeleton />;
}
