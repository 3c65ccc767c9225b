import { TodaySkeleton } from '@/features/admin/numbers/skeleton';

export default function Loading() {
  return <TodaySkeleton />;
}
