'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useRef, useState } from 'react';

import type { Block, Booking, Calendar } from '@/lib/api/types';
import { type CalendarDate, formatDate } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { ButtonLink } from '@/ui/button';
import { Notice } from '@/ui/notice';

import { calendarPath } from '../ways';
import { useBlocks } from './blocks';
import styles from './calendar.module.css';
import { addMonths, firstOf, type Month, monthOf, type Selection } from './grid';
import { MonthGrid } from './month-grid';
import { nightsOf } from './nights';
import { Panel } from './panel';
import { YearView } from './year-view';

type Props = {
  listing: { id: string; title: string };
  month: Month;
  view: 'month' | 'year';
  calendar: Calendar;
  blocks: Block[];
  bookings: Booking[];
};

/** The calendar of a listing: what every night is, and blocking some of them. */
export function HostCalendar({ listing, month, view, calendar, blocks: fromServer, bookings }: Props) {
  const router = useRouter();
  const { blocks, block, unblock } = useBlocks(listing.id, fromServer);
  const nights = useMemo(() => nightsOf(calendar, blocks, bookings), [calendar, blocks, bookings]);
  const [selection, select] = useState<Selection | null>(null);
  const [wanted, setFocused] = useState<CalendarDate>(() =>
    monthOf(calendar.today) === month ? calendar.today : firstOf(month),
  );
  const panel = useRef<HTMLHeadingElement>(null);
  // The day that Tab leads to is always one that is shown.
  const focused = monthOf(wanted) === month ? wanted : firstOf(month);

  function focusByKey(date: CalendarDate) {
    setFocused(date);
    if (monthOf(date) !== month)
      router.push(calendarPath(listing.id, monthOf(date), 'month'), { scroll: false });
  }

  return (
    <>
      <Head listing={listing} month={month} view={view} today={calendar.today} />
      {!calendar.currency && (
        <Notice
          tone="warning"
          title="This listing has no price yet"
          actions={
            <ButtonLink href={paths.editListing(listing.id, 'price')} size="small">
              Set the price
            </ButtonLink>
          }
        >
          Nights show what they cost as soon as there is one.
        </Notice>
      )}
      {view === 'year' ? (
        <YearView listing={listing.id} month={month} nights={nights} today={calendar.today} />
      ) : (
        <div className={styles.sides}>
          <MonthGrid
            month={month}
            nights={nights}
            currency={calendar.currency}
            today={calendar.today}
            focused={focused}
            at={wanted}
            selection={selection}
            onFocus={focusByKey}
            onPoint={setFocused}
            onSelect={select}
            onChosen={(byKeyboard) => byKeyboard && requestAnimationFrame(() => panel.current?.focus())}
          />
          <Panel
            selection={selection}
            nights={nights}
            today={calendar.today}
            first={panel}
            onSelect={select}
            onBlock={(start, end, note) => block({ start, end, note })}
            onUnblock={async (one) => {
              select(null);
              await unblock(one);
            }}
          />
        </div>
      )}
      <Legend />
    </>
  );
}

function Head({
  listing,
  month,
  view,
  today,
}: {
  listing: Props['listing'];
  month: Month;
  view: 'month' | 'year';
  today: CalendarDate;
}) {
  const step = view === 'year' ? 12 : 1;
  const first = formatDate(firstOf(month), 'en-GB', { month: 'long', year: 'numeric' });
  const last = formatDate(firstOf(addMonths(month, 11)), 'en-GB', { month: 'long', year: 'numeric' });
  return (
    <header className={styles.head}>
      <div>
        <p className={styles.soft}>
          <Link href={paths.editListing(listing.id)}>{listing.title || 'Untitled listing'}</Link>
        </p>
        <h1 aria-live="polite">
          <span className="visually-hidden">Calendar, </span>
          {view === 'year' ? `${first} – ${last}` : first}
        </h1>
      </div>
      <div className={styles.ways}>
        <div role="group" aria-label="How much is shown" className={styles.views}>
          {(['month', 'year'] as const).map((one) => (
            <Link
              key={one}
              href={calendarPath(listing.id, month, one)}
              aria-current={view === one ? 'true' : undefined}
              prefetch={false}
            >
              {one === 'month' ? 'Month' : 'Year'}
            </Link>
          ))}
        </div>
        <ButtonLink href={calendarPath(listing.id, monthOf(today), view)} size="small" prefetch={false}>
          Today
        </ButtonLink>
        <ButtonLink
          href={calendarPath(listing.id, addMonths(month, -step), view)}
          icon
          size="small"
          aria-label={view === 'year' ? 'The year before' : 'The month before'}
          scroll={false}
        >
          <ChevronLeft size={20} aria-hidden="true" className={styles.arrow} />
        </ButtonLink>
        <ButtonLink
          href={calendarPath(listing.id, addMonths(month, step), view)}
          icon
          size="small"
          aria-label={view === 'year' ? 'The year after' : 'The month after'}
          scroll={false}
        >
          <ChevronRight size={20} aria-hidden="true" className={styles.arrow} />
        </ButtonLink>
      </div>
    </header>
  );
}

const kinds = [
  ['free', 'Free'],
  ['booked', 'Booked'],
  ['asked', 'Requested'],
  ['blocked', 'Blocked by you'],
  ['closed', 'Not bookable'],
] as const;

function Legend() {
  return (
    <ul role="list" className={styles.legend} aria-label="What the colours mean">
      {kinds.map(([state, text]) => (
        <li key={state}>
          <span data-state={state} aria-hidden="true" />
          {text}
        </li>
      ))}
    </ul>
  );
}
