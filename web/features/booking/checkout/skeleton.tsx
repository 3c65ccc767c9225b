import { Page } from '@/ui/layout';
import { Loading, Skeleton } from '@/ui/skeleton';

import styles from './checkout.module.css';

/** The checkout while its price is on its way. */
export function CheckoutSkeleton() {
  return (
    <Page className={styles.page}>
      <Loading label="The price is being worked out">
        <Skeleton width="16rem" height="2.4rem" />
        <Skeleton width="min(24rem, 90%)" height="1.5rem" />
        <div className={styles.columns} style={{ marginBlockStart: 'var(--space-5)' }}>
          <div className={styles.main}>
            <Skeleton height="12rem" />
            <Skeleton height="12rem" />
            <Skeleton height="3.25rem" width="14rem" radius="var(--radius-m)" />
          </div>
          <div className={styles.aside}>
            <div className={styles.card}>
              <Skeleton height="7rem" />
              <Skeleton height="8rem" />
            </div>
          </div>
        </div>
      </Loading>
    </Page>
  );
}
