'use client';

import { formatRange } from '@/lib/dates';

import { Headline, type PanelProps, Reserve } from './panel';
import styles from './panel.module.css';
import { useStay } from './stay-context';

/** On small screens: the price and the way on, below, while the page is read. */
export function Bar({ listingId, mode, price }: PanelProps) {
  const { stay } = useStay();
  return (
    <div className={styles.bar} role="region" aria-label="Price and booking">
      <div>
        <Headline price={price} short />
        {stay && <p className={styles.when}>{formatRange(stay.start, stay.end)}</p>}
      </div>
      <Reserve listingId={listingId} mode={mode} />
    </div>
  );
}
