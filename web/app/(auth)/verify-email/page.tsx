import type { Metadata } from 'next';

import { VerifyEmail } from '@/features/account/verify-email';

export const metadata: Metadata = {
  title: 'Confirm your address',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default function VerifyEmailPage() {
  return <VerifyEmail />;
}
