import { ImageOff } from 'lucide-react';
import Link from 'next/link';

import type { Page, Verification } from '@/lib/api/types';
import { formatDistance, plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { Picture } from '@/ui/picture';

import { ListPages } from '../shared/parts';
import { address, proposed } from './read';
import styles from './verifications.module.css';

/** The queue beside the one that is open; a strip to be pushed aside where there is no room for a column. */
export function QueueList({
  list,
  chosen,
  cursor,
  page,
}: {
  list: Verification[];
  chosen: string;
  cursor: string | undefined;
  page: Page | undefined;
}) {
  return (
    <nav id="queue" aria-label="Queue" className={styles.list}>
      <ol role="list">
        {list.map((one) => (
          <li key={one.id}>
            <Entry one={one} href={address(one.id, cursor)} current={one.id === chosen} />
          </li>
        ))}
      </ol>
      <ListPages path={paths.verifications()} filters={{}} page={page} />
    </nav>
  );
}

function Entry({ one, href, current }: { one: Verification; href: string; current: boolean }) {
  const listing = proposed(one);
  const cover = listing.photos[0];
  return (
    <Link href={href} className={styles.entry} aria-current={current ? 'true' : undefined} prefetch={false}>
      <span className={styles.thumb}>
        {cover ? (
          <Picture source={cover} sizes="4rem" ratio="1" alt="" />
        ) : (
          <ImageOff size={20} aria-hidden="true" />
        )}
      </span>
      <span className={styles.entryText}>
        <strong>{listing.title || 'Untitled'}</strong>
        <span className={styles.soft}>
          {listing.address.city} · {listing.host.name}
        </span>
        <span className={styles.soft}>
          <Badge tone={one.kind === 'listing' ? 'good' : 'info'}>
            {one.kind === 'listing' ? 'New' : plural(one.diff.length, 'change')}
          </Badge>{' '}
          {formatDistance(one.submitted_at)}
        </span>
      </span>
    </Link>
  );
}
