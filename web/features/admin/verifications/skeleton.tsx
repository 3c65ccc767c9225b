import { Loading, Skeleton } from '@/ui/skeleton';

import styles from './verifications.module.css';

/** The place of the queue and the one that is open, in their size. */
export function QueueSkeleton() {
  return (
    <Loading label="Loading the queue">
      <div className={styles.detail}>
        <Skeleton width="14rem" height="3.9rem" />
        <div className={styles.queue}>
          <div className={styles.list}>
            <ol role="list" aria-hidden="true">
              {[1, 2, 3, 4, 5, 6].map((one) => (
                <li key={one}>
                  <Skeleton height="5rem" radius="var(--radius-m)" />
                </li>
              ))}
            </ol>
          </div>
          <div className={styles.detail}>
            <Skeleton width="min(100%, 24rem)" height="5.6rem" />
            <Skeleton height="3.9rem" radius="var(--radius-m)" />
            <Skeleton height="32rem" radius="var(--radius-m)" />
          </div>
        </div>
      </div>
    </Loading>
  );
}
