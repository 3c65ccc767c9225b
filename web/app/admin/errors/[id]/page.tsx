import type { Metadata } from 'next';

import { GroupDetail } from '@/features/admin/errors/group';

export const metadata: Metadata = { title: 'Error' };

export default async function GroupDetailPage({ params }: PageProps<'/admin/errors/[id]'>) {
  return <GroupDetail id={(await params).id} />;
}
