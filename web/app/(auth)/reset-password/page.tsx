import type { Metadata } from 'next';

import { ResetForm } from '@/features/account/reset-form';

export const metadata: Metadata = {
  title: 'Set a new password',
  robots: { index: false },
  referrer: 'no-referrer',
};

export default function ResetPasswordPage() {
  return <ResetForm />;
}
