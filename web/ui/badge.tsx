import type { ReactNode } from 'react';

import styles from './badge.module.css';
import { classes } from './classes';

export type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'info';

/** A state in a word; its colour only underlines what the word says. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={classes(styles.badge, tone !== 'neutral' && styles[tone])}>{children}</span>;
}
