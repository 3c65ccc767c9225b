import type { ReactNode } from 'react';

import { here, requireUser } from '@/lib/session';
import { Page } from '@/ui/layout';

import { rooms } from './shared/may';
import { AdminTabs } from './tabs';

/** What stands around every page of the admin panel: who may not enter is sent away, who may sees their rooms. */
export async function AdminFrame({ children }: { children: ReactNode }) {
  const user = await requireUser(await here(), 'admin', 'support');
  const open = rooms
    .filter(({ roles }) => roles.includes(user.role))
    .map(({ href, label }) => ({ href, label }));
  return (
    <Page>
      <AdminTabs rooms={open} />
      {children}
    </Page>
  );
}
