import { dataOf, isFailure, open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { Account } from '@/lib/api/types';
import { formatInstant } from '@/lib/dates';
import { roles } from '@/lib/labels';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { Card, Facts, PageHeader, Row, Stack } from '@/ui/layout';

import { RecentEntries } from '../audit/recent';
import { RecentBookings } from '../bookings/recent';
import { Back, Missing, Mono } from '../shared/parts';
import { needed, tried } from '../shared/read';
import styles from '../shared/shared.module.css';
import { Sessions } from './sessions';
import { EndSessions, LockAccount, UnlockAccount } from './treat';
import { AccountBadges } from './users';

/** One account: who it is, where it is signed in, what it booked and hosts, and what was done to it and by it. */
export async function UserDetail({ id }: { id: string }) {
  const me = await requireUser(await here(), 'admin');
  const client = await api();
  const account = await needed(
    dataOf(client.GET('/admin/users/{user_id}', { params: { path: { user_id: id } } })),
  );
  const where = { path: { user_id: id }, query: { limit: 100 } };
  const sessions = await tried(open(client.GET('/admin/users/{user_id}/sessions', { params: where })));
  return (
    <>
      <Back href={paths.users()}>Users</Back>
      <PageHeader
        title={account.name}
        lead={
          <>
            {account.email} · {roles[account.role]} <AccountBadges account={account} />
          </>
        }
        actions={<Actions account={account} own={account.id === me.id} />}
      />
      <div className={styles.columns}>
        <Stack gap={6}>
          {isFailure(sessions) ? (
            <Missing what="Its sessions" failure={sessions} />
          ) : (
            <Sessions sessions={sessions.data} more={Boolean(sessions.page?.next)} />
          )}
          <RecentBookings account={account} />
          <RecentEntries title="What was done to it" query={{ target_id: account.id }} />
          <RecentEntries title="What it did" query={{ actor_id: account.id }} />
        </Stack>
        <Card>
          <Facts
            items={[
              ['E-mail', <span key="email">{account.email}</span>],
              ['Verified', account.email_verified ? 'Yes' : 'No'],
              ['Since', `${formatInstant(account.created_at)} UTC`],
              ['Changed', `${formatInstant(account.updated_at)} UTC`],
              ['Id', <Mono key="id">{account.id}</Mono>],
            ]}
          />
        </Card>
      </div>
    </>
  );
}

function Actions({ account, own }: { account: Account; own: boolean }) {
  if (own) return <p className={styles.soft}>This is your own account.</p>;
  return (
    <Row>
      <EndSessions id={account.id} name={account.name} />
      {account.status === 'locked' ? (
        <UnlockAccount id={account.id} name={account.name} />
      ) : (
        <LockAccount id={account.id} name={account.name} />
      )}
    </Row>
  );
}
