import { formatDistance, formatInstant } from '@/lib/dates';

import styles from './shared.module.css';

/** How long ago is still worth saying, in milliseconds. */
const lately = 30 * 86_400_000;

/** An instant on the clock of all who work here, UTC, and how long ago it was, if that was lately. */
export function When({ at }: { at: string }) {
  const now = new Date();
  const distance = Math.abs(now.getTime() - new Date(at).getTime()) < lately;
  return (
    <time dateTime={at} className={styles.when}>
      <span>{formatInstant(at)}</span>
      {distance && <span className={styles.soft}>{formatDistance(at, now)}</span>}
    </time>
  );
}
