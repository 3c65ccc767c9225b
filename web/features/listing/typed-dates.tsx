'use client';

import { paths } from '@/lib/paths';
import { addDays } from '@/lib/dates';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';

import styles from './dates.module.css';
import { stayQueryOf } from './query';
import { useStay } from './stay-context';

/** Dates by the keyboard, and without JavaScript at all: then the page is asked for anew with them. */
export function TypedDates({ listingId, today, open }: { listingId: string; today: string; open: boolean }) {
  const { stay, guests, setStay } = useStay();
  return (
    <details className={styles.typed} open={open || undefined}>
      <summary>Type the dates instead</summary>
      <form
        method="get"
        action={paths.listing(listingId)}
        onSubmit={(event) => {
          const values = new URLSearchParams(
            [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
          );
          const wanted = stayQueryOf(values, guests).stay;
          event.preventDefault();
          if (wanted) setStay(wanted);
          else event.currentTarget.querySelector<HTMLInputElement>('[name=check_out]')?.focus();
        }}
      >
        <TextField
          label="Check-in"
          type="date"
          name="check_in"
          required
          min={today}
          defaultValue={stay?.start}
        />
        <TextField
          label="Check-out"
          type="date"
          name="check_out"
          required
          min={addDays(today, 1)}
          defaultValue={stay?.end}
        />
        <input type="hidden" name="guests" value={guests} />
        <Button type="submit">Show the price</Button>
      </form>
    </details>
  );
}
