import { Page } from '@/ui/layout';
import { Loading, Skeleton } from '@/ui/skeleton';

import gallery from './gallery.module.css';
import styles from './listing.module.css';
import panel from './panel.module.css';

/** The page of a listing while it is on its way, in its true sizes. */
export function ListingSkeleton() {
  return (
    <Page className={styles.page}>
      <Loading label="The place is loading">
        <div className={styles.head}>
          <Skeleton width="min(28rem, 80%)" height="2.4rem" />
          <Skeleton width="12rem" height="1.5rem" />
        </div>
        <div className={gallery.gallery}>
          <div className={gallery.grid}>
            {Array.from({ length: 5 }, (_, i) => (
              <div key={i} className={gallery.tile}>
                <Skeleton height="100%" radius="0" />
              </div>
            ))}
          </div>
        </div>
        <div className={styles.columns}>
          <div className={styles.main}>
            <div className={styles.facts}>
              <Skeleton width="16rem" height="1.7rem" />
              <Skeleton width="20rem" height="1.5rem" />
              <Skeleton width="14rem" height="2.75rem" />
            </div>
            <div className={styles.highlights}>
              <Skeleton height="3rem" width="80%" />
              <Skeleton height="3rem" width="70%" />
            </div>
            <div className={styles.section}>
              <Skeleton height="1.7rem" width="12rem" />
              <Skeleton height="9rem" />
            </div>
          </div>
          <div className={styles.aside}>
            <div className={panel.panel}>
              <Skeleton height="2rem" width="60%" />
              <Skeleton height="7.5rem" radius="var(--radius-m)" />
              <Skeleton height="3.25rem" radius="var(--radius-m)" />
            </div>
          </div>
        </div>
      </Loading>
    </Page>
  );
}
