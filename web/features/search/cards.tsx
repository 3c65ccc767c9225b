'use client';

import { useDeferredValue } from 'react';

import { Card } from './card';
import type { Stay } from './stay';
import styles from './stays.module.css';

// On a phone a little less than they are wide: 1.7 pixels for each look like 1.75, and come in half the time.
const cardSizes = '(min-width: 90rem) 20rem, (min-width: 64rem) 27vw, (min-width: 40rem) 45vw, 86vw';

/** How many stand above the fold of the largest usual screen. */
const seen = 8;

/** The stays found. Those that are seen first change first; those below a frame later, until when the old ones hold their places. */
export function Cards({ stays }: { stays: Stay[] }) {
  const later = useDeferredValue(stays);
  const top = stays.slice(0, seen);
  const below = later.slice(seen).filter(({ id }) => top.every((one) => one.id !== id));
  return (
    <ol role="list" className={styles.list}>
      {[...top, ...below].map((stay, index) => (
        <Card key={stay.id} stay={stay} sizes={cardSizes} first={index === 0} />
      ))}
    </ol>
  );
}
