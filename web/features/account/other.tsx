import type { ReactNode } from 'react';

import styles from './account.module.css';

/** Below a form: where to go for who wants something else. */
export function Other({ children }: { children: ReactNode }) {
  return <p className={styles.other}>{children}</p>;
}
