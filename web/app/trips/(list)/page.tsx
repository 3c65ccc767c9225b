import type { Metadata } from 'next';

import { Trips, whenIn } from '@/features/booking/trips/page';

export const metadata: Metadata = { title: 'Trips', robots: { index: false } };

export default async function Page({ searchParams }: PageProps<'/trips'>) {
  const { when, cursor } = await searchParams;
  return <Trips when={whenIn(when)} cursor={typeof cursor === 'string' ? cursor : undefined} />;
}
