import type { ReactNode } from 'react';

import { classes } from '../classes';
import styles from './stay.module.css';

/** A line of a price: so many of something at so much. */
export type PriceLine = {
  kind: string;
  label: string;
  quantity: number;
  unit_minor: number;
  amount_minor: number;
};

/** What a stay costs, line by line, with the sum. money writes an amount out. */
export function PriceLines({
  lines,
  total,
  money,
  stale = false,
}: {
  lines: PriceLine[];
  total: { label: ReactNode; amount: ReactNode };
  money: (minor: number) => string;
  /** A new price is on its way. */
  stale?: boolean;
}) {
  return (
    <dl className={classes(styles.lines, stale && styles.stale)} aria-busy={stale || undefined}>
      {lines.map(({ kind, label, quantity, unit_minor: unit, amount_minor: amount }) => (
        <div key={kind}>
          <dt>
            {label}
            {quantity > 1 && <span className={styles.note}> × {money(unit)}</span>}
          </dt>
          <dd>{money(amount)}</dd>
        </div>
      ))}
      <div className={styles.total}>
        <dt>{total.label}</dt>
        <dd>{total.amount}</dd>
      </div>
    </dl>
  );
}
