import type { Metadata } from 'next';

import { Editor } from '@/features/hosting/editor/editor';
import { editorStart } from '@/features/hosting/queries';
import { here, requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Edit listing' };

export default async function EditListingPage({ params }: PageProps<'/host/listings/[id]'>) {
  const user = await requireUser(await here(), 'host', 'admin');
  const { id } = await params;
  return <Editor key={id} start={await editorStart(user, id)} />;
}
