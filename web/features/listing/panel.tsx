'use client';

import { formatDate, plural } from '@/lib/dates';
import { formatMoney, roundMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import type { BookingMode, Price } from '@/lib/api/types';
import { ButtonLink } from '@/ui/button';
import { classes } from '@/ui/classes';
import { SelectField } from '@/ui/field';
import { PriceLines } from '@/ui/stay/price-lines';

import styles from './panel.module.css';
import { Problem } from './problem-notice';
import { useStay } from './stay-context';

export type PanelProps = {
  listingId: string;
  maxGuests: number;
  mode: BookingMode;
  price: Price | null;
};

/** The chosen stay, what it costs line by line, and the way to book it. It stays in sight beside the page. */
export function Panel({ listingId, maxGuests, mode, price }: PanelProps) {
  const { stay, guests, setGuests, price: state, pricing } = useStay();
  const quote = state?.quote;
  return (
    <section className={styles.panel} aria-labelledby="your-stay">
      <h2 id="your-stay" className="visually-hidden">
        Your stay
      </h2>
      <Headline price={price} />
      <form method="get" action={paths.listing(listingId)} className={styles.choice}>
        <a href="#dates" className={styles.date}>
          <span className={styles.what}>Check-in</span>
          <span className={classes(!stay && styles.missing)}>
            {stay ? formatDate(stay.start) : 'Add date'}
          </span>
        </a>
        <a href="#dates" className={styles.date}>
          <span className={styles.what}>Check-out</span>
          <span className={classes(!stay && styles.missing)}>{stay ? formatDate(stay.end) : 'Add date'}</span>
        </a>
        {stay && <input type="hidden" name="check_in" value={stay.start} />}
        {stay && <input type="hidden" name="check_out" value={stay.end} />}
        <div className={styles.guests}>
          <SelectField
            label="Guests"
            name="guests"
            value={guests}
            onChange={(event) => setGuests(Number(event.target.value))}
          >
            {Array.from({ length: maxGuests }, (_, i) => (
              <option key={i} value={i + 1}>
                {plural(i + 1, 'guest')}
              </option>
            ))}
          </SelectField>
          <noscript>
            <button type="submit">Show the price</button>
          </noscript>
        </div>
      </form>
      <Problem listingId={listingId} />
      <Reserve listingId={listingId} mode={mode} wide />
      {stay && quote && (
        <PriceLines
          stale={pricing}
          lines={quote.lines}
          money={(minor) => formatMoney({ minor, currency: quote.total.currency })}
          total={{ label: `Total for ${plural(quote.nights, 'night')}`, amount: formatMoney(quote.total) }}
        />
      )}
      <p className={styles.small}>
        {mode === 'instant'
          ? 'Booked at once: no waiting for an answer.'
          : 'The host has 24 hours to answer. Until then the nights are held for you.'}
      </p>
      <p role="status" className="visually-hidden">
        {stay &&
          quote &&
          !pricing &&
          `Total ${formatMoney(quote.total)} for ${plural(quote.nights, 'night')}.`}
      </p>
    </section>
  );
}

/** The price in large: of a night, or of the chosen stay. */
export function Headline({ price, short = false }: { price: Price | null; short?: boolean }) {
  const { stay, price: state, pricing } = useStay();
  const quote = state?.quote;
  if (stay && quote) {
    const average = roundMoney({ minor: quote.nightly_average_minor, currency: quote.total.currency });
    return (
      <p className={classes(styles.headline, pricing && styles.stale)}>
        <strong>{formatMoney(quote.total)}</strong>{' '}
        <span>{short ? plural(quote.nights, 'night') : `in total · ${average} a night`}</span>
      </p>
    );
  }
  if (!price) return <p className={styles.headline}>No price yet</p>;
  return (
    <p className={styles.headline}>
      <strong>{formatMoney({ minor: price.nightly_minor, currency: price.currency })}</strong>{' '}
      <span>a night</span>
    </p>
  );
}

/** On to the checkout, or first to the dates. */
export function Reserve({
  listingId,
  mode,
  wide = false,
}: {
  listingId: string;
  mode: BookingMode;
  wide?: boolean;
}) {
  const { stay, guests, price, pricing } = useStay();
  if (!stay || price?.problem) {
    return (
      <ButtonLink
        href="#dates"
        variant="primary"
        size={wide ? 'large' : 'medium'}
        wide={wide}
        onClick={() => document.getElementById('dates')?.focus({ preventScroll: true })}
      >
        {stay ? 'Choose other dates' : 'Choose dates'}
      </ButtonLink>
    );
  }
  return (
    <ButtonLink
      href={paths.checkout(listingId, { check_in: stay.start, check_out: stay.end, guests })}
      variant="primary"
      size={wide ? 'large' : 'medium'}
      wide={wide}
      prefetch={false}
      aria-busy={pricing || undefined}
    >
      {mode === 'instant' ? 'Reserve' : 'Request to book'}
    </ButtonLink>
  );
}
