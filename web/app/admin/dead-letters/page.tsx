import type { Metadata } from 'next';

import { DeadLetters } from '@/features/admin/letters/letters';

export const metadata: Metadata = { title: 'Dead letters' };

export default async function DeadLettersPage({ searchParams }: PageProps<'/admin/dead-letters'>) {
  return <DeadLetters search={await searchParams} />;
}
