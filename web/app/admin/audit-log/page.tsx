import type { Metadata } from 'next';

import { AuditLog } from '@/features/admin/audit/log';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditLogPage({ searchParams }: PageProps<'/admin/audit-log'>) {
  return <AuditLog search={await searchParams} />;
}
