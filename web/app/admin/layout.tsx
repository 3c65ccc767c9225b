import type { Metadata } from 'next';

import { AdminFrame } from '@/features/admin/frame';

export const metadata: Metadata = {
  title: { default: 'Admin', template: '%s · Admin · Rentora' },
  robots: { index: false },
};

export default function AdminLayout({ children }: LayoutProps<'/admin'>) {
  return <AdminFrame>{children}</AdminFrame>;
}
