import type { Metadata } from 'next';

import { Users } from '@/features/admin/users/users';

export const metadata: Metadata = { title: 'Users' };

export default async function UsersPage({ searchParams }: PageProps<'/admin/users'>) {
  return <Users search={await searchParams} />;
}
