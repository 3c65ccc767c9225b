import { Stack } from '@/ui/layout';
import { Loading, Skeleton } from '@/ui/skeleton';

import styles from './loading.module.css';

/** A list that is on its way. */
export function ListLoading({
  label,
  rows = 5,
  height = '7.5rem',
}: {
  label: string;
  rows?: number;
  height?: string;
}) {
  return (
    <Loading label={label}>
      <Stack gap={5}>
        <Skeleton width="min(14rem, 60%)" height="2.25rem" />
        <Skeleton width="min(30rem, 100%)" height="2.5rem" radius="var(--radius-full)" />
        <Stack gap={3}>
          {Array.from({ length: rows }, (_, i) => (
            <Skeleton key={i} height={height} radius="var(--radius-l)" />
          ))}
        </Stack>
      </Stack>
    </Loading>
  );
}

/** The editor that is on its way: its head, its steps, its fields. */
export function EditorLoading() {
  return (
    <Loading label="Loading the listing">
      <Stack gap={4}>
        <Skeleton width="min(24rem, 80%)" height="2.25rem" />
        <div className={styles.editor}>
          <Stack gap={2} className={styles.steps}>
            {Array.from({ length: 8 }, (_, i) => (
              <Skeleton key={i} height="2.75rem" radius="var(--radius-m)" />
            ))}
          </Stack>
          <Stack gap={5}>
            <Skeleton width="8rem" height="1.75rem" />
            <Skeleton height="4.75rem" radius="var(--radius-m)" />
            <Skeleton height="6rem" radius="var(--radius-m)" />
            <Skeleton height="12rem" radius="var(--radius-m)" />
          </Stack>
        </div>
      </Stack>
    </Loading>
  );
}

/** The calendar that is on its way. */
export function CalendarLoading() {
  return (
    <Loading label="Loading the calendar">
      <Stack gap={4}>
        <Skeleton width="min(16rem, 70%)" height="2.25rem" />
        <div className={styles.calendar}>
          <Skeleton height="34rem" radius="var(--radius-l)" />
          <Skeleton height="15rem" radius="var(--radius-l)" />
        </div>
      </Stack>
    </Loading>
  );
}
