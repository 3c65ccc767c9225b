'use client';

import { lazy, type ReactNode, Suspense, useState } from 'react';

import { formatRange, plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { nights, type StayDay, type StayRules } from '@/ui/calendar/stay';
import { ButtonLink } from '@/ui/button';
import { Notice } from '@/ui/notice';
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
  invalid,
  children,
}: {
  listingId: string;
  title: string;
  days: StayDay[];
  rules: StayRules;
  /** The address has dates that make no stay. */
  invalid: boolean;
  /** The months to read. */
  children: ReactNode;
}) {
  const { stay, guests, setStay } = useStay();
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
          <ButtonLink
            href={`${paths.listing(listingId, { guests })}#dates`}
            prefetch={false}
            variant="quiet"
            size="small"
            onClick={(event) => {
              event.preventDefault();
              setStay(null);
            }}
          >
            Clear dates
          </ButtonLink>
        )}
      </header>
      {invalid && !stay && (
        <Notice tone="warning">
          <p>Those dates make no stay: both are needed, and check-out comes after check-in.</p>
        </Notice>
      )}
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
        open={invalid && !stay}
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
