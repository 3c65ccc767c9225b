import 'server-only';

import { CircleHelp, Laptop, type LucideIcon, Smartphone, SquareTerminal, Tablet } from 'lucide-react';
import { redirect } from 'next/navigation';

import { isFailure, open } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { Session } from '@/lib/api/types';
import { formatDate, formatDistance } from '@/lib/dates';
import { paths, withQuery } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { Badge } from '@/ui/badge';
import { Pages } from '@/ui/layout';

import { AccountFrame } from './account-frame';
import styles from './account.module.css';
import { type Device, deviceOf } from './device';
import { EndSession, EndSessions } from './session-actions';

const icons: Record<Device['kind'], LucideIcon> = {
  phone: Smartphone,
  tablet: Tablet,
  computer: Laptop,
  program: SquareTerminal,
  unknown: CircleHelp,
};

/** Where somebody is signed in, a page of it at a time. */
export async function Sessions({ cursor }: { cursor?: string }) {
  await requireUser(await here());
  const { data: sessions, page } = await list(cursor);
  const link = (to?: string | null) => (to ? withQuery(paths.sessions(), { cursor: to }) : null);
  const many = sessions.length > 1 || Boolean(page?.next) || Boolean(page?.prev);
  return (
    <AccountFrame
      current="sessions"
      title="Where you are signed in"
      lead="If you do not know one of these, end it, and set a new password."
    >
      <ul role="list" className={styles.sessions}>
        {sessions.map((session) => (
          <Entry key={session.id} session={session} />
        ))}
      </ul>
      <Pages previous={link(page?.prev)} next={link(page?.next)} />
      <EndSessions others={many} />
    </AccountFrame>
  );
}

function Entry({ session }: { session: Session }) {
  const device = deviceOf(session.user_agent);
  const Icon = icons[device.kind];
  const since = formatDate(session.created_at.slice(0, 10), 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return (
    <li className={styles.session}>
      <Icon size={24} aria-hidden="true" />
      <div>
        <h2>
          {device.name}
          {session.current && <Badge tone="good">This one</Badge>}
        </h2>
        <p>
          {session.current ? 'In use now' : `Last used ${formatDistance(session.last_used_at)}`}
          {session.address && ` · from ${session.address}`}
        </p>
        <p>Signed in on {since}</p>
      </div>
      <div className={styles.end}>
        <EndSession id={session.id} current={session.current} device={device.name} />
      </div>
    </li>
  );
}

async function list(cursor?: string) {
  try {
    return await open((await api()).GET('/auth/sessions', { params: { query: { cursor } } }));
  } catch (error) {
    if (isFailure(error) && error.status === 401) redirect(paths.signIn(paths.sessions()));
    if (isFailure(error) && error.field('cursor')) redirect(paths.sessions());
    throw error;
  }
}
