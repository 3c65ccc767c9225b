'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';

import styles from './map.module.css';
import type { MapProps } from './types';

const SlippyMap = dynamic(() => import('./map'), {
  ssr: false,
  loading: () => <div className={styles.waiting} />,
});

/** A map that is fetched when the page has nothing else to do; until then its ground is there. */
export function LazyMap(props: MapProps) {
  const [now, begin] = useState(false);
  useEffect(() => {
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(() => begin(true), 600);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(() => begin(true), { timeout: 4000 });
    return () => cancelIdleCallback(handle);
  }, []);
  return now ? <SlippyMap {...props} /> : <div className={styles.waiting} />;
}
