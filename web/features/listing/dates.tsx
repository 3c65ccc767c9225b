'use client';

import { lazy, type ReactNode, Suspense, useState } from 'react';

import { formatRange, plural } from '@/lib/dates';
import { nights, type StayDay, type StayRules } from '@/ui/calendar/stay';
import { Button } from '@/ui/button';
import { WhenNear } from '@/ui/stay/when-near';

import styles from './dates.module.css';
import { useStay } from './stay-context';
import { TypedDates } from './typed-dates';

const LiveCalendar = lazy(() => import('./live-calendar'));

/**
 * When the stay is: the months as the server wrote them, which the calendar that can be pressed takes over when somebody comes
 * near; and, for every case, two fields.
 */
export function Dates({
  listingId,
  title,
  days,
  rules,
  children,
}: {
  listingId: string;
  title: string;
  days: StayDay[];
  rules: StayRules;
  /** The months to read. */
  children: ReactNode;
}) {
  const { stay, setStay } = useStay();
  const [touched, touch] = useState(false);
  return (
    <section
      id="dates"
      className={styles.dates}
      aria-labelledby="dates-title"
      tabIndex={-1}
      onFocus={() => touch(true)}
    >
      <header className={styles.head}>
        <div>
          <h2 id="dates-title">
            {stay
              ? `${plural(nights(stay.start, stay.end), 'night')} at this place`
              : 'When would you like to come?'}
          </h2>
          <p className={styles.range}>{stay ? formatRange(stay.start, stay.end) : 'Prices are per night.'}</p>
        </div>
        {stay && (
          <Button variant="quiet" size="small" onClick={() => setStay(null)}>
            Clear dates
          </Button>
        )}
      </header>
      {touched ? (
        <Live {...{ listingId, title, days, rules }}>{children}</Live>
      ) : (
        <WhenNear placeholder={children}>
          <Live {...{ listingId, title, days, rules }}>{children}</Live>
        </WhenNear>
      )}
      <TypedDates
        key={stay ? `${stay.start}${stay.end}` : 'none'}
        listingId={listingId}
        today={rules.today}
      />
    </section>
  );
}

function Live({
  listingId,
  title,
  days,
  rules,
  children,
}: {
  listingId: string;
  title: string;
  days: StayDay[];
  rules: StayRules;
  children: ReactNode;
}) {
  const { stay, setStay } = useStay();
  return (
    <Suspense fallback={children}>
      <LiveCalendar
        listingId={listingId}
        title={title}
        days={days}
        rules={rules}
        value={stay}
        onChange={setStay}
      />
    </Suspense>
  );
}
