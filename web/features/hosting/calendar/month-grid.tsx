'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';

import { type CalendarDate, formatDate } from '@/lib/dates';
import { roundMoney } from '@/lib/money';

import styles from './calendar.module.css';
import { contains, type Month, monthOf, moveBy, type Selection, weeksOf } from './grid';
import { barsOf, inWords, type Night, type Nights } from './nights';

type Props = {
  month: Month;
  nights: Nights;
  currency: string;
  today: CalendarDate;
  /** The day that Tab leads to. */
  focused: CalendarDate;
  /** The day where the keys are, which may be in a month that is on its way. */
  at: CalendarDate;
  selection: Selection | null;
  /** A key moved the focus there; its month may be another one. */
  onFocus: (date: CalendarDate) => void;
  /** A night that is shown was pointed at. */
  onPoint: (date: CalendarDate) => void;
  onSelect: (selection: Selection | null) => void;
  /** Enter or a click that ends: on to what can be done with the nights. */
  onChosen: (byKeyboard: boolean) => void;
};

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * A month of nights as a grid (WAI-ARIA): arrows move by days and weeks, Home and End to the ends of the week, Page Up and Down by
 * months; with Shift the nights on the way are selected. The pointer selects by dragging, a finger by tapping the first and the last.
 */
export function MonthGrid(props: Props) {
  const { month, nights, today, focused, at, selection, onFocus, onPoint, onSelect, onChosen } = props;
  const grid = useRef<HTMLDivElement>(null);
  const dragging = useRef(false);
  const tapped = useRef<CalendarDate | null>(null);
  // Only a move by keys takes the focus along; the page keeps it where it was otherwise.
  const follow = useRef(false);

  useEffect(() => {
    if (!follow.current) return;
    grid.current?.querySelector<HTMLElement>(`[data-date="${at}"]`)?.focus();
    if (monthOf(at) === month) follow.current = false; // else its month is on the way
  }, [at, month]);

  function press(event: KeyboardEvent) {
    // Where the focus is, unless the month where it goes is still on its way.
    const here = (event.target as HTMLElement).closest<HTMLElement>('[data-date]')?.dataset.date;
    const from = follow.current ? at : (here ?? at);
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const to = moveBy(event.key, from, rtl);
    if (to) {
      event.preventDefault();
      follow.current = true;
      onFocus(to);
      if (event.shiftKey) onSelect({ anchor: selection?.end === from ? selection.anchor : from, end: to });
      else if (selection) onSelect(null);
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (!contains(selection, from)) onSelect({ anchor: from, end: from });
      onChosen(true);
    } else if (event.key === 'Escape' && selection) {
      event.preventDefault();
      onSelect(null);
    }
  }

  function dateAt(event: PointerEvent): CalendarDate | null {
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-date]');
    return cell?.dataset.date ?? null;
  }

  function down(event: PointerEvent) {
    const date = dateAt(event);
    if (!date || event.button !== 0) return;
    onPoint(date);
    if (event.pointerType === 'touch') return;
    dragging.current = true;
    onSelect(
      event.shiftKey && selection ? { anchor: selection.anchor, end: date } : { anchor: date, end: date },
    );
  }

  function move(event: PointerEvent) {
    if (!dragging.current || !selection) return;
    const date = dateAt(event);
    if (date && date !== selection.end) onSelect({ anchor: selection.anchor, end: date });
  }

  function up(event: PointerEvent) {
    if (event.pointerType === 'touch') return;
    if (dragging.current) onChosen(false);
    dragging.current = false;
  }

  // A finger scrolls when it drags; it selects by two taps.
  function tap(event: React.MouseEvent) {
    if ((event.nativeEvent as globalThis.PointerEvent).pointerType !== 'touch') return;
    const date = (event.target as HTMLElement).closest<HTMLElement>('[data-date]')?.dataset.date;
    if (!date) return;
    const first = selection ? tapped.current : null;
    tapped.current = first ? null : date;
    onSelect(first ? { anchor: first, end: date } : { anchor: date, end: date });
    onChosen(false);
  }

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={`Nights of ${formatDate(`${month}-01`, 'en-GB', { month: 'long', year: 'numeric' })}`}
      aria-multiselectable="true"
      className={styles.grid}
      onKeyDown={press}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => (dragging.current = false)}
      onClick={tap}
    >
      <div role="row" className={styles.week}>
        {weekdays.map((name) => (
          <div key={name} role="columnheader" className={styles.weekday}>
            {name}
          </div>
        ))}
      </div>
      {weeksOf(month).map((week) => {
        const bars = barsOf(week, nights);
        return (
          <div key={week[0]} role="row" className={styles.week}>
            {week.map((date) => (
              <Cell
                key={date}
                date={date}
                night={nights.get(date)}
                outside={monthOf(date) !== month}
                current={date === today}
                tabbable={date === focused}
                chosen={contains(selection, date)}
                currency={props.currency}
                bar={bars.find((bar) => bar.start === date)}
                onFocus={onPoint}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

function Cell({
  date,
  night,
  outside,
  current,
  tabbable,
  chosen,
  currency,
  bar,
  onFocus,
}: {
  date: CalendarDate;
  night: Night | undefined;
  outside: boolean;
  current: boolean;
  tabbable: boolean;
  chosen: boolean;
  currency: string;
  bar: ReturnType<typeof barsOf>[number] | undefined;
  onFocus: (date: CalendarDate) => void;
}) {
  return (
    <div
      role="gridcell"
      data-date={date}
      data-state={night?.state ?? 'closed'}
      data-outside={outside || undefined}
      tabIndex={tabbable ? 0 : -1}
      aria-selected={chosen}
      aria-current={current ? 'date' : undefined}
      aria-label={night ? inWords(night, currency) : formatDate(date)}
      className={styles.cell}
      onFocus={() => onFocus(date)}
    >
      <span className={styles.dayNumber}>{Number(date.slice(8))}</span>
      {night?.state === 'free' && currency && (
        <span className={styles.price}>{roundMoney({ minor: night.minor, currency })}</span>
      )}
      {bar && (
        <span
          className={styles.bar}
          data-state={bar.state}
          data-begins={bar.begins || undefined}
          data-ends={bar.ends || undefined}
          style={{ inlineSize: `calc(${bar.span * 100}% + ${bar.span - 1}px - ${bar.ends ? 8 : 0}px)` }}
        >
          {bar.label}
        </span>
      )}
    </div>
  );
}
