import type { Metadata } from 'next';

import { Errors } from '@/features/admin/errors/errors';

export const metadata: Metadata = { title: 'Errors' };

export default async function ErrorsPage({ searchParams }: PageProps<'/admin/errors'>) {
  return <Errors search={await searchParams} />;
}
