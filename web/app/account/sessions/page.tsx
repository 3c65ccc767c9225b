import type { Metadata } from 'next';

import { Sessions } from '@/features/account/sessions';

export const metadata: Metadata = { title: 'Where you are signed in', robots: { index: false } };

export default async function SessionsPage({ searchParams }: PageProps<'/account/sessions'>) {
  const { cursor } = await searchParams;
  return <Sessions cursor={typeof cursor === 'string' ? cursor : undefined} />;
}
