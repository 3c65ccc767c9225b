import type { Metadata } from 'next';

import { Queue } from '@/features/admin/verifications/queue';

export const metadata: Metadata = { title: 'Verifications' };

export default async function QueuePage({ searchParams }: PageProps<'/admin/verifications'>) {
  return <Queue search={await searchParams} />;
}
