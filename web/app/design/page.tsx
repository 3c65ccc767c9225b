import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';

import { Design } from '@/features/design/design';
import { env } from '@/lib/env';

export const metadata: Metadata = { title: 'Design', robots: { index: false } };

export default async function DesignPage() {
  await connection();
  if (!env().design) notFound();
  return <Design />;
}
