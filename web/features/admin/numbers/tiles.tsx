import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

import type { Role } from '@/lib/api/types';
import { paths } from '@/lib/paths';

import styles from './numbers.module.css';
import type { Numbers, Some } from './read';

type Now = Numbers['now'];

const tiles: { name: keyof Now; label: string; href: string; roles: Role[]; calls: boolean }[] = [
  {
    name: 'pending_verifications',
    label: 'Waiting for verification',
    href: paths.verifications(),
    roles: ['admin'],
    calls: true,
  },
  {
    name: 'pending_requests',
    label: 'Requests without an answer',
    href: paths.adminBookings({ status: 'PENDING' }),
    roles: ['admin'],
    calls: false,
  },
  {
    name: 'open_dead_letters',
    label: 'Open dead letters',
    href: paths.deadLetters({ status: 'open' }),
    roles: ['admin', 'support'],
    calls: true,
  },
  {
    name: 'open_errors',
    label: 'Open errors',
    href: paths.errors({ status: 'open' }),
    roles: ['admin'],
    calls: true,
  },
  {
    name: 'live_listings',
    label: 'Live listings',
    href: paths.stays(),
    roles: ['admin', 'support'],
    calls: false,
  },
];

/** What there is now, each leading to where it can be dealt with. */
export function Tiles({ now, role }: { now: Now; role: Role }) {
  return (
    <Grid>
      {tiles.map(({ name, label, href, roles, calls }) => (
        <Tile
          key={name}
          label={label}
          href={roles.includes(role) ? href : null}
          text={now[name].toLocaleString('en')}
          calls={calls && now[name] > 0}
        />
      ))}
    </Grid>
  );
}

/** The same from the queues' own lists, as far as they can be counted. */
export function QueueTiles({
  queues: { verifications, letters, errors },
  role,
}: {
  queues: { verifications: Some | null; letters: Some | null; errors: Some | null };
  role: Role;
}) {
  const found: Partial<Record<keyof Now, Some | null>> = {
    pending_verifications: verifications,
    open_dead_letters: letters,
    open_errors: errors,
  };
  return (
    <Grid>
      {tiles.map(({ name, label, href, roles, calls }) => {
        const some = found[name];
        if (!some || !roles.includes(role)) return null;
        const text = some.more ? `${some.count}+` : String(some.count);
        return <Tile key={name} label={label} href={href} text={text} calls={calls && some.count > 0} />;
      })}
    </Grid>
  );
}

function Grid({ children }: { children: ReactNode }) {
  return (
    <section aria-labelledby="now">
      <h2 id="now" className="visually-hidden">
        Now
      </h2>
      <ul role="list" className={styles.tiles}>
        {children}
      </ul>
    </section>
  );
}

function Tile({
  label,
  href,
  text,
  calls,
}: {
  label: string;
  href: string | null;
  text: string;
  calls: boolean;
}) {
  const inner = (
    <>
      <span className={styles.number}>{text}</span>
      <span className={styles.label}>{label}</span>
    </>
  );
  return (
    <li>
      {href ? (
        <Link href={href} className={styles.tile} data-calls={calls || undefined}>
          {inner}
          <ArrowRight size={18} aria-hidden="true" />
        </Link>
      ) : (
        <div className={styles.tile}>{inner}</div>
      )}
    </li>
  );
}
