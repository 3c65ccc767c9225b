import type { Metadata } from 'next';

import { staysMetadata } from '@/features/search/metadata';
import { Stays } from '@/features/search/stays';

export async function generateMetadata({ searchParams }: PageProps<'/stays'>): Promise<Metadata> {
  return staysMetadata(await searchParams);
}

export default async function StaysPage({ searchParams }: PageProps<'/stays'>) {
  return <Stays raw={await searchParams} />;
}
