'use client';

import { useNow } from './clock';
import { spokenLeft, timeLeft } from './left';
import styles from './stay.module.css';

/**
 * The time that is left until an instant (milliseconds), each second for the eyes, and twice, near the end, for the ears. Before
 * the page runs in the browser it is a dash.
 */
export function Countdown({ until, spoken = true }: { until: number; spoken?: boolean }) {
  const now = useNow();
  const left = now === null ? null : until - now;
  return (
    <>
      <span role="timer" className={styles.countdown}>
        {left === null ? '–' : timeLeft(left)}
      </span>
      {spoken && (
        <span role="status" className="visually-hidden">
          {left !== null && spokenLeft(left)}
        </span>
      )}
    </>
  );
}
