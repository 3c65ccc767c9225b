import { Page } from '@/ui/layout';
import { Loading, Skeleton } from '@/ui/skeleton';

import styles from './stays.module.css';

/** The results while they are on their way. */
export function StaysSkeleton() {
  return (
    <Page width="full" className={styles.page}>
      <Loading label="Looking for stays">
        <div className={styles.stays}>
          <div className={styles.head}>
            <Skeleton height="3.5rem" width="min(100%, 62rem)" radius="var(--radius-m)" />
            <Skeleton height="2.625rem" radius="var(--radius-full)" />
          </div>
          <div className={styles.split}>
            <section className={styles.results}>
              <div className={styles.lines}>
                <Skeleton height="1.65rem" width="16rem" />
                <Skeleton height="1.3rem" width="8rem" />
              </div>
              <div className={styles.list}>
                {Array.from({ length: 9 }, (_, index) => (
                  <CardSkeleton key={index} />
                ))}
              </div>
            </section>
            <section className={styles.mapPlace}>
              <Skeleton height="100%" radius="var(--radius-l)" />
            </section>
          </div>
        </div>
      </Loading>
    </Page>
  );
}

function CardSkeleton() {
  return (
    <div className={styles.cardPlace}>
      <div style={{ aspectRatio: '4 / 3' }}>
        <Skeleton height="100%" radius="var(--radius-l)" />
      </div>
      <div className={styles.lines}>
        <Skeleton width="50%" height="0.9rem" />
        <Skeleton width="85%" height="1.1rem" />
        <Skeleton width="65%" height="0.9rem" />
        <Skeleton width="40%" height="1.2rem" />
      </div>
    </div>
  );
}
