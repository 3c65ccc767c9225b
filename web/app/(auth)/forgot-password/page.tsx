import type { Metadata } from 'next';

import { ForgotForm } from '@/features/account/forgot-form';
import { problemSentence } from '@/features/account/without-script';

export const metadata: Metadata = { title: 'Forgot your password', robots: { index: false } };

export default async function ForgotPasswordPage({ searchParams }: PageProps<'/forgot-password'>) {
  const { problem, sent } = await searchParams;
  return <ForgotForm problem={problemSentence(problem)} sent={sent === '1'} />;
}
