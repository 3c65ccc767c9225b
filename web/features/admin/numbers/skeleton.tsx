import { Loading, Skeleton } from '@/ui/skeleton';

import styles from './numbers.module.css';

/** The place of the numbers, in their size. */
export function TodaySkeleton() {
  return (
    <Loading label="Counting">
      <div className={styles.all}>
        <Skeleton width="min(100%, 20rem)" height="2.4rem" />
        <div className={styles.tiles}>
          {[1, 2, 3, 4, 5].map((tile) => (
            <Skeleton key={tile} height="6.25rem" radius="var(--radius-l)" />
          ))}
        </div>
        <div className={styles.charts}>
          {[1, 2, 3, 4].map((chart) => (
            <Skeleton key={chart} height="21rem" radius="var(--radius-l)" />
          ))}
        </div>
      </div>
    </Loading>
  );
}
