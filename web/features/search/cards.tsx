'use client';

import { Card } from './card';
import type { Stay } from './stay';
import styles from './stays.module.css';

// On a phone a little less than they are wide: 1.7 pixels for each look like 1.75, and come in half the time.
const cardSizes = '(min-width: 90rem) 20rem, (min-width: 64rem) 27vw, (min-width: 40rem) 45vw, 86vw';

/** The stays found, in their order. They come as one piece of data, which is smaller and sooner read than a page of elements. */
export function Cards({ stays }: { stays: Stay[] }) {
  return (
    <ol role="list" className={styles.list}>
      {stays.map((stay, index) => (
        <Card key={stay.id} stay={stay} sizes={cardSizes} first={index === 0} />
      ))}
    </ol>
  );
}
