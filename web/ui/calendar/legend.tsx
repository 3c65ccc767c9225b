import styles from './calendar.module.css';

/** What the marks of a calendar of stays mean. */
export function Legend({ minNights }: { minNights: number }) {
  return (
    <div className={styles.legend}>
      <span className={styles.taken}>
        <span className={styles.number} aria-hidden="true">
          14
        </span>
        taken
      </span>
      <span className={styles.outOnly}>
        <span className={styles.number} aria-hidden="true">
          14
        </span>
        check-out only
      </span>
      {minNights > 1 && <span>at least {minNights} nights</span>}
    </div>
  );
}
