import Link from 'next/link';

import { paths, withQuery } from '@/lib/paths';

import styles from './numbers.module.css';

/** The periods that can be looked at, in days. */
export const periods = ['7', '30', '90'] as const;

/** Switches between the periods; which one it is stands in the address. */
export function Period({ current }: { current: string }) {
  return (
    <nav aria-label="Period" className={styles.switch}>
      {periods.map((days) => (
        <Link
          key={days}
          href={withQuery(paths.admin(), { days })}
          aria-current={days === current ? 'true' : undefined}
          scroll={false}
        >
          {days} days
        </Link>
      ))}
    </nav>
  );
}
