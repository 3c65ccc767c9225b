import type { Metadata } from 'next';

import { todayOf } from '@/features/hosting/queries';
import { Today } from '@/features/hosting/today/today';
import { today } from '@/lib/dates';
import { here, requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Today' };

export default async function TodayPage() {
  const user = await requireUser(await here(), 'host', 'admin');
  return <Today name={user.name} data={await todayOf(today())} />;
}
