import type { Metadata } from 'next';
import { notFound } from 'next/navigation';

import { Design } from '@/features/design/design';

export const metadata: Metadata = { title: 'Design', robots: { index: false } };

export default function DesignPage() {
  if (process.env.NODE_ENV === 'production') notFound();
  return <Design />;
}
