import { Loading, Skeleton } from '@/ui/skeleton';

import styles from './shared.module.css';

/** The place of a list with its filters, in its size. */
export function ListSkeleton({
  label,
  filters = 3,
  rows = 10,
}: {
  label: string;
  filters?: number;
  rows?: number;
}) {
  return (
    <Loading label={label}>
      <div className={styles.skeleton}>
        <Skeleton width="14rem" height="2.4rem" />
        <div className={styles.filters}>
          {Array.from({ length: filters }, (_, index) => (
            <Skeleton key={index} height="4.1rem" radius="var(--radius-m)" />
          ))}
        </div>
        <div className={styles.skeletonRows}>
          {Array.from({ length: rows }, (_, index) => (
            <Skeleton key={index} height="3rem" />
          ))}
        </div>
      </div>
    </Loading>
  );
}

/** The place of one thing with its facts and what happened to it, in its size. */
export function DetailSkeleton({ label }: { label: string }) {
  return (
    <Loading label={label}>
      <div className={styles.skeleton}>
        <Skeleton width="8rem" height="1.2rem" />
        <Skeleton width="min(100%, 22rem)" height="2.4rem" />
        <div className={styles.columns}>
          <Skeleton height="22rem" radius="var(--radius-l)" />
          <Skeleton height="14rem" radius="var(--radius-l)" />
        </div>
      </div>
    </Loading>
  );
}
