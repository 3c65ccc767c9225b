import type { ReactNode } from 'react';

import { classes } from '../classes';
import styles from './stay.module.css';

export type TimelineStep = {
  title: ReactNode;
  detail?: ReactNode;
  tone?: 'good' | 'half' | 'none' | 'plain';
};

/** What holds one after the other, or what has happened, from above to below. */
export function Timeline({ steps, label }: { steps: TimelineStep[]; label?: string }) {
  return (
    <ol role="list" className={styles.timeline} aria-label={label}>
      {steps.map(({ title, detail, tone = 'plain' }, i) => (
        <li key={i} className={classes(styles.step, styles[tone])}>
          <p className={styles.stepTitle}>{title}</p>
          {detail && <p className={styles.stepDetail}>{detail}</p>}
        </li>
      ))}
    </ol>
  );
}
