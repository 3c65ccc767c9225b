import type { Metadata } from 'next';

import { Today } from '@/features/admin/numbers/today';

export const metadata: Metadata = { title: 'Today' };

export default async function TodayPage({ searchParams }: PageProps<'/admin'>) {
  return <Today search={await searchParams} />;
}
