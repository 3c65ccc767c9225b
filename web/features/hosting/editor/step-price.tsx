'use client';

import { useState } from 'react';

import { plural } from '@/lib/dates';
import { formatMoney } from '@/lib/money';
import { SelectField, TextField } from '@/ui/field';
import { useHydrated } from '@/ui/hydrated';
import { PriceLines } from '@/ui/stay/price-lines';

import { currencies, optionsOf } from '../countries';
import { Stepper } from '../stepper';
import { useEditor } from './context';
import styles from './editor.module.css';
import { Notes } from './notes';
import { words } from './step-basics';
import { linesOf, parsePrice, type PriceValues } from './values';

export function PriceStep() {
  const { store, view } = useEditor();
  const { price, listing } = view;
  const hydrated = useHydrated();
  const off = listing.status === 'archived';
  const parsed = parsePrice(price);
  // What is no amount is said at once, except that nothing has been entered yet.
  const error = (name: keyof PriceValues) => {
    const here = 'errors' in parsed && price[name] !== '' ? parsed.errors[name] : undefined;
    return here ?? words(store.priceError(name));
  };
  const amount = (name: 'nightly_minor' | 'cleaning_minor' | 'extra_guest_minor' | 'tax_bps') => ({
    name,
    value: price[name],
    error: error(name),
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => store.setPrice({ [name]: event.target.value }),
  });
  const known = currencies.some(({ code }) => code === price.currency);
  return (
    <div className={styles.form}>
      <Notes of="price" />
      <fieldset className={styles.fields} disabled={off}>
        <legend className="visually-hidden">Price</legend>
        <SelectField
          label="Currency"
          name="currency"
          value={price.currency}
          error={error('currency')}
          onChange={(event) => store.setPrice({ currency: event.target.value })}
        >
          {!known && <option value={price.currency}>{price.currency}</option>}
          {optionsOf(currencies, price.currency, hydrated).map(({ code, name }) => (
            <option key={code} value={code} suppressHydrationWarning>
              {code} · {name}
            </option>
          ))}
        </SelectField>
        <TextField label={`A night, in ${price.currency}`} required {...amount('nightly_minor')} />
        <TextField
          label={`Cleaning, once per stay, in ${price.currency}`}
          optional
          {...amount('cleaning_minor')}
        />
        <TextField
          label={`An extra guest, per night, in ${price.currency}`}
          hint="For each guest beyond those that the price includes."
          optional
          {...amount('extra_guest_minor')}
        />
        <TextField
          label="Tax in per cent"
          hint="On everything, as the place demands."
          optional
          {...amount('tax_bps')}
        />
      </fieldset>
      <div className={styles.rows}>
        <Stepper
          label="Guests in the price"
          hint={`The listing takes ${plural(view.values.max_guests, 'guest')}`}
          value={price.included_guests}
          min={1}
          max={Math.max(view.values.max_guests, price.included_guests)}
          disabled={off}
          error={words(store.priceError('included_guests'))}
          onChange={(included_guests) => store.setPrice({ included_guests })}
        />
      </div>
      <Example />
    </div>
  );
}

/** What a guest would pay for a stay of an example's length. */
function Example() {
  const { view } = useEditor();
  const most = view.values.max_guests;
  const [nights, setNights] = useState(3);
  const [wanted, setGuests] = useState(2);
  const guests = Math.min(wanted, most);
  const parsed = parsePrice(view.price);
  if ('errors' in parsed) {
    return <p className={styles.lead}>As soon as a night has a price, an example of a stay stands here.</p>;
  }
  const { currency } = parsed.price;
  const { lines, total } = linesOf(parsed.price, nights, guests);
  const money = (minor: number) => formatMoney({ minor, currency });
  return (
    <section className={styles.example} aria-labelledby="example-title">
      <h3 id="example-title" className={styles.groupTitle}>
        What a guest pays
      </h3>
      <div className={styles.pair}>
        <Stepper label="Nights" value={nights} min={1} max={60} onChange={setNights} />
        <Stepper label="Guests" value={guests} min={1} max={most} onChange={setGuests} />
      </div>
      <div aria-live="polite">
        <PriceLines lines={lines} money={money} total={{ label: 'Total', amount: money(total) }} />
      </div>
    </section>
  );
}
