import { ListLoading } from '@/features/hosting/loading';

export default function PreviewLoading() {
  return <ListLoading label="Loading the preview" rows={1} height="26rem" />;
}
