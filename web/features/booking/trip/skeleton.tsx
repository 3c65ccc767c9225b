import { Page } from '@/ui/layout';
import { Loading, Skeleton } from '@/ui/skeleton';

import styles from './trip.module.css';

/** A trip while what stands beside it is on its way. */
export function TripSkeleton() {
  return (
    <Page className={styles.page}>
      <Loading label="The trip is loading">
        <div className={styles.head}>
          <Skeleton width="12rem" height="1.5rem" />
          <Skeleton width="min(26rem, 90%)" height="2.4rem" />
        </div>
        <div className={styles.columns}>
          <div className={styles.main}>
            <div style={{ aspectRatio: '2' }}>
              <Skeleton height="100%" radius="var(--radius-l)" />
            </div>
            <Skeleton height="7rem" radius="var(--radius-l)" />
            <Skeleton height="9rem" />
          </div>
          <div className={styles.aside}>
            <Skeleton height="14rem" radius="var(--radius-l)" />
            <Skeleton height="16rem" radius="var(--radius-l)" />
          </div>
        </div>
      </Loading>
    </Page>
  );
}
