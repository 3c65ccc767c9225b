import { ListLoading } from '@/features/hosting/loading';

export default function BookingLoading() {
  return <ListLoading label="Loading the booking" rows={2} height="14rem" />;
}
