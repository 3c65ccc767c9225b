import { ListLoading } from '@/features/hosting/loading';

export default function TodayLoading() {
  return <ListLoading label="Loading today" rows={3} height="8rem" />;
}
