import { StaysSkeleton } from '@/features/search/skeletons';

export default function StaysLoading() {
  return <StaysSkeleton />;
}
