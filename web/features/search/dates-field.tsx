'use client';

import dynamic from 'next/dynamic';
import { useId, useRef, useState } from 'react';

import { addDays, formatDate } from '@/lib/dates';
import { classes } from '@/ui/classes';

import styles from './form.module.css';
import { useHydrated } from '@/ui/hydrated';
import { earliestDay } from './state';

/** When: both days or none, and how many days the stay may shift. */
export type When = { checkIn?: string; checkOut?: string; flexibleDays: number };

const load = () => import('./calendar');
const Calendar = dynamic(load, { ssr: false });

/** Check-in and check-out: two date fields of the browser, which become one calendar of two months where there is JavaScript. */
export function DatesField({ when, onChange }: { when: When; onChange: (when: When) => void }) {
  const id = useId();
  const hydrated = useHydrated();
  const [open, setOpen] = useState(false);
  const group = useRef<HTMLDivElement>(null);
  const { checkIn, checkOut, flexibleDays } = when;

  if (!hydrated) {
    return (
      <div className={styles.dates} ref={(native) => () => keepTyped(native, when, onChange)}>
        <div className={styles.part}>
          <label htmlFor={`${id}-in`} className={styles.label}>
            Check-in
          </label>
          <input
            id={`${id}-in`}
            type="date"
            name="check_in"
            defaultValue={checkIn}
            min={earliestDay()}
            className={styles.input}
          />
        </div>
        <div className={styles.part}>
          <label htmlFor={`${id}-out`} className={styles.label}>
            Check-out
          </label>
          <input
            id={`${id}-out`}
            type="date"
            name="check_out"
            defaultValue={checkOut}
            min={addDays(earliestDay(), 1)}
            className={styles.input}
          />
        </div>
      </div>
    );
  }

  const day = (label: string, date: string | undefined) => (
    <button
      type="button"
      className={classes(styles.part, styles.day)}
      aria-haspopup="dialog"
      aria-expanded={open}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setOpen(!open)}
    >
      <span className={styles.label}>{label}</span>
      <span className={classes(styles.input, !date && styles.unset)}>
        {date ? formatDate(date) : 'Any day'}
      </span>
    </button>
  );
  return (
    <div className={styles.dates} ref={group}>
      {day('Check-in', checkIn)}
      {day('Check-out', checkOut)}
      {checkIn && checkOut && (
        <>
          <input type="hidden" name="check_in" value={checkIn} />
          <input type="hidden" name="check_out" value={checkOut} />
          {flexibleDays > 0 && <input type="hidden" name="flexible_days" value={flexibleDays} />}
        </>
      )}
      {open && <Calendar anchor={group} when={when} onChange={onChange} onClose={() => setOpen(false)} />}
    </div>
  );
}

// What was typed into the browser's own fields before they went is not lost.
function keepTyped(native: HTMLElement | null, when: When, onChange: (when: When) => void): void {
  const [checkIn, checkOut] = [...(native?.querySelectorAll('input') ?? [])].map(({ value }) => value);
  if (
    !checkIn ||
    !checkOut ||
    checkIn >= checkOut ||
    (checkIn === when.checkIn && checkOut === when.checkOut)
  )
    return;
  onChange({ ...when, checkIn, checkOut });
}
