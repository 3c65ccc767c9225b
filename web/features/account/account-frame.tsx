import type { ReactNode } from 'react';

import { paths } from '@/lib/paths';
import { Page, PageHeader, Tabs } from '@/ui/layout';

/** Around the pages of an account. */
export function AccountFrame({
  current,
  title,
  lead,
  actions,
  children,
}: {
  current: 'profile' | 'sessions';
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Page width="reading">
      <Tabs
        label="Account"
        items={[
          { href: paths.account(), label: 'Profile', current: current === 'profile' },
          { href: paths.sessions(), label: 'Where you are signed in', current: current === 'sessions' },
        ]}
      />
      <PageHeader title={title} lead={lead} actions={actions} />
      {children}
    </Page>
  );
}
