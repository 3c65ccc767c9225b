import type { ReactNode } from 'react';

import styles from './verifications.module.css';

/** The two versions of something, named. */
export function Pair({ before, after }: { before: ReactNode; after: ReactNode }) {
  return (
    <div className={styles.pair}>
      <div className={styles.side}>
        <p className={styles.sideName}>Live now</p>
        {before}
      </div>
      <div className={styles.side}>
        <p className={styles.sideName}>Proposed</p>
        {after}
      </div>
    </div>
  );
}
