'use client';

import { useOnline } from '@/ui/online';

import styles from './header.module.css';

/** Says on every page that there is no network, for as long as there is none. */
export function Offline() {
  const online = useOnline();
  return (
    <div role="status" className={styles.offline}>
      {!online && (
        <p>You are offline. What you see may have changed; what you type stays here until you are back.</p>
      )}
    </div>
  );
}
