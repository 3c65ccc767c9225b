import { ListLoading } from '@/features/hosting/loading';

export default function ListingsLoading() {
  return <ListLoading label="Loading your listings" height="9rem" />;
}
