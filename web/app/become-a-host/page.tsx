import type { Metadata } from 'next';

import { BecomeHost } from '@/features/account/become-host';
import { problemSentence } from '@/features/account/without-script';
import { paths } from '@/lib/paths';

export const metadata: Metadata = {
  title: 'Host your place',
  description:
    'List your home, cabin or spare room on Rentora: you set price and rules, and no night is booked twice.',
  alternates: { canonical: paths.becomeHost() },
};

export default async function BecomeHostPage({ searchParams }: PageProps<'/become-a-host'>) {
  const { problem } = await searchParams;
  return <BecomeHost problem={problemSentence(problem)} />;
}
