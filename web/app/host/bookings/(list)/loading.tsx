import { ListLoading } from '@/features/hosting/loading';

export default function BookingsLoading() {
  return <ListLoading label="Loading your bookings" rows={8} height="5rem" />;
}
