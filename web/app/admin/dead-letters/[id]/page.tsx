import type { Metadata } from 'next';

import { LetterDetail } from '@/features/admin/letters/letter';

export const metadata: Metadata = { title: 'Dead letter' };

export default async function LetterDetailPage({ params }: PageProps<'/admin/dead-letters/[id]'>) {
  return <LetterDetail id={(await params).id} />;
}
