'use client';

import { Minus, Plus } from 'lucide-react';
import { useId } from 'react';

import { plural } from '@/lib/dates';
import { classes } from '@/ui/classes';

import styles from './form.module.css';
import { useHydrated } from '@/ui/hydrated';
import { mostGuests } from './state';

/** For how many: a number to type, with buttons for one more and one less. Empty: for any number. */
export function GuestsField({
  guests,
  onChange,
}: {
  guests: number | undefined;
  onChange: (guests: number | undefined) => void;
}) {
  const id = useId();
  const hydrated = useHydrated();
  return (
    <div className={classes(styles.part, styles.guests)}>
      <label htmlFor={id} className={styles.label}>
        Guests
      </label>
      <div className={styles.stepper}>
        <input
          id={id}
          name="guests"
          type="number"
          inputMode="numeric"
          min={1}
          max={mostGuests}
          step={1}
          placeholder="Any"
          className={styles.input}
          value={guests ?? ''}
          onChange={(event) => onChange(within(event.target.valueAsNumber))}
        />
        {hydrated && (
          <>
            <button
              type="button"
              className={styles.step}
              aria-label="One guest less"
              aria-disabled={guests === undefined || undefined}
              onClick={() => onChange(guests && guests > 1 ? guests - 1 : undefined)}
            >
              <Minus size={16} aria-hidden="true" />
            </button>
            <button
              type="button"
              className={styles.step}
              aria-label="One guest more"
              aria-disabled={guests === mostGuests || undefined}
              onClick={() => onChange(Math.min(mostGuests, (guests ?? 0) + 1))}
            >
              <Plus size={16} aria-hidden="true" />
            </button>
            <span className="visually-hidden" role="status">
              {guests ? plural(guests, 'guest') : ''}
            </span>
          </>
        )}
      </div>
    </div>
  );
}

function within(number: number): number | undefined {
  return Number.isInteger(number) && number >= 1 ? Math.min(number, mostGuests) : undefined;
}
