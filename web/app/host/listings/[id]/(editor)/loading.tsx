import { EditorLoading } from '@/features/hosting/loading';

export default function EditListingLoading() {
  return <EditorLoading />;
}
