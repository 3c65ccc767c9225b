import type { Metadata } from 'next';

import { UserDetail } from '@/features/admin/users/user';

export const metadata: Metadata = { title: 'User' };

export default async function UserDetailPage({ params }: PageProps<'/admin/users/[id]'>) {
  return <UserDetail id={(await params).id} />;
}
