import type { Metadata } from 'next';

import { HostFrame } from '@/features/hosting/frame';
import { here, requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Hosting', robots: { index: false } };

export default async function HostLayout({ children }: LayoutProps<'/host'>) {
  await requireUser(await here(), 'host', 'admin');
  return <HostFrame>{children}</HostFrame>;
}
