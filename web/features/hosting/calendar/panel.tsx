'use client';

import Link from 'next/link';
import { type FormEvent, type RefObject, useState } from 'react';

import type { Block, Booking } from '@/lib/api/types';
import { addDays, type CalendarDate, formatRange, isDate, plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';

import { wordOf } from '../bookings/list';
import { bookingTones } from '../tones';
import styles from './calendar.module.css';
import { daysOf, type Selection, spanOf } from './grid';
import type { Nights } from './nights';

/** What the selected nights are, and what can be done with them. */
export function Panel({
  selection,
  nights,
  today,
  first,
  onSelect,
  onBlock,
  onUnblock,
}: {
  selection: Selection | null;
  nights: Nights;
  today: CalendarDate;
  /** What takes the focus when nights were chosen by keyboard. */
  first: RefObject<HTMLHeadingElement | null>;
  onSelect: (selection: Selection | null) => void;
  onBlock: (start: CalendarDate, end: CalendarDate, note: string) => Promise<boolean>;
  onUnblock: (block: Block) => Promise<void>;
}) {
  if (!selection) {
    return (
      <section className={styles.panel} aria-label="Selected nights">
        <h2 ref={first} tabIndex={-1} className={styles.panelTitle}>
          Choose nights
        </h2>
        <p className={styles.soft}>
          Drag over nights to block them, or tap the first and the last one. By keyboard: arrow keys move,
          Shift and arrow keys select, Enter leads here.
        </p>
        <Button size="small" onClick={() => onSelect({ anchor: today, end: today })}>
          Enter dates instead
        </Button>
      </section>
    );
  }
  const { first: from, last } = spanOf(selection);
  const chosen = daysOf(from, last).flatMap((date) => nights.get(date) ?? []);
  const blocks = unique(chosen.flatMap((night) => night.block ?? []));
  const bookings = unique(chosen.flatMap((night) => night.booking ?? []));
  return (
    <section className={styles.panel} aria-label="Selected nights">
      <h2 ref={first} tabIndex={-1} className={styles.panelTitle} aria-live="polite">
        {formatRange(from, addDays(last, 1))} · {plural(daysOf(from, last).length, 'night')}
      </h2>
      {bookings.map((booking) => (
        <BookingRow key={booking.id} booking={booking} />
      ))}
      {blocks.map((block) => (
        <BlockRow key={block.id} block={block} onUnblock={onUnblock} />
      ))}
      {blocks.length === 0 && bookings.length === 0 && (
        <BlockForm
          key={`${from} ${last}`}
          from={from}
          last={last}
          today={today}
          onSelect={onSelect}
          onBlock={onBlock}
        />
      )}
      {bookings.length > 0 && <p className={styles.soft}>Nights with a booking cannot be blocked.</p>}
      <Button variant="quiet" size="small" onClick={() => onSelect(null)}>
        Clear the selection
      </Button>
    </section>
  );
}

function BookingRow({ booking }: { booking: Booking }) {
  return (
    <div className={styles.row}>
      <p>
        <Link href={paths.hostBooking(booking.id)}>{booking.guest.name}</Link>{' '}
        <span className={styles.soft}>
          {booking.code} · {plural(booking.guests, 'guest')}
        </span>
      </p>
      <p className={styles.soft}>{formatRange(booking.check_in, booking.check_out)}</p>
      <p>
        <Badge tone={bookingTones[booking.status]}>{wordOf(booking.status)}</Badge>
      </p>
    </div>
  );
}

function BlockRow({ block, onUnblock }: { block: Block; onUnblock: (block: Block) => Promise<void> }) {
  return (
    <div className={styles.row}>
      <p>
        <strong>Blocked</strong> <span className={styles.soft}>{formatRange(block.start, block.end)}</span>
      </p>
      {block.note && <p>{block.note}</p>}
      <Button size="small" onClick={() => void onUnblock(block)}>
        Open these nights
      </Button>
    </div>
  );
}

function BlockForm({
  from,
  last,
  today,
  onSelect,
  onBlock,
}: {
  from: CalendarDate;
  last: CalendarDate;
  today: CalendarDate;
  onSelect: (selection: Selection | null) => void;
  onBlock: (start: CalendarDate, end: CalendarDate, note: string) => Promise<boolean>;
}) {
  const [start, setStart] = useState(from);
  const [end, setEnd] = useState(addDays(last, 1));
  const [note, setNote] = useState('');
  const [error, setError] = useState<{ start?: string; end?: string } | null>(null);
  function submit(event: FormEvent) {
    event.preventDefault();
    const wrong: { start?: string; end?: string } = {};
    if (!isDate(start)) wrong.start = 'Enter a date.';
    else if (start < today) wrong.start = 'Nights in the past cannot be blocked.';
    if (!isDate(end)) wrong.end = 'Enter a date.';
    else if (end <= start) wrong.end = 'It must be after the first night.';
    if (Object.keys(wrong).length > 0) return setError(wrong);
    setError(null);
    onSelect(null);
    void onBlock(start, end, note.trim());
  }
  return (
    <form className={styles.blockForm} onSubmit={submit} noValidate>
      <TextField
        label="First night"
        type="date"
        min={today}
        value={start}
        error={error?.start}
        onChange={(event) => setStart(event.target.value)}
      />
      <TextField
        label="Open again on"
        type="date"
        min={addDays(today, 1)}
        value={end}
        error={error?.end}
        onChange={(event) => setEnd(event.target.value)}
      />
      <TextField
        label="Note"
        hint="For you alone."
        optional
        maxLength={200}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="submit" variant="primary">
        Block
      </Button>
    </form>
  );
}

function unique<T extends { id: string }>(things: T[]): T[] {
  return [...new Map(things.map((thing) => [thing.id, thing])).values()];
}
