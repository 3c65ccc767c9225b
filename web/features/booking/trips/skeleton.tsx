import { Page } from '@/ui/layout';
import { Loading, Skeleton } from '@/ui/skeleton';

import styles from './trips.module.css';

/** The list of trips while it is on its way. */
export function TripsSkeleton() {
  return (
    <Page>
      <Loading label="Your trips are loading">
        <Skeleton width="8rem" height="2.4rem" />
        <div style={{ blockSize: 'var(--space-7)' }} />
        <div className={styles.list}>
          {Array.from({ length: 3 }, (_, i) => (
            <div key={i} className={styles.card}>
              <Skeleton height="11rem" radius="0" />
              <div className={styles.text}>
                <Skeleton width="6rem" height="1.3rem" />
                <Skeleton width="60%" height="1.4rem" />
                <Skeleton width="40%" height="1.4rem" />
              </div>
            </div>
          ))}
        </div>
      </Loading>
    </Page>
  );
}
