'use client';

import { type CalendarDate, parseDate } from '@internationalized/date';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type RefObject, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components/Button';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import {
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  RangeCalendar,
  RangeCalendarStateContext,
} from 'react-aria-components/RangeCalendar';

import { classes } from '../classes';
import styles from './calendar.module.css';
import { Hint } from './hint';
import { Legend } from './legend';
import { misfit, pressable, reason, type StayDays, type StayRange, type StayRules } from './stay';

type State = NonNullable<React.ContextType<typeof RangeCalendarStateContext>>;

export type StayCalendarProps = {
  /** What the whole calendar is, for screen readers. */
  label: string;
  days: StayDays;
  rules: StayRules;
  value: StayRange | null;
  onChange: (stay: StayRange) => void;
  /** Called with the last day that is shown, so that days can be fetched before they are seen. */
  onSee?: (last: string) => void;
  /** The last day that can be turned to. */
  last: string;
  locale?: string;
  autoFocus?: boolean;
};

const wide = '(min-width: 48rem)';

function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(wide);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(wide).matches,
    () => true,
  );
}

/**
 * Picks a stay: two months beside one another (one on small screens), each day with its price, taken nights crossed out; only days
 * on which a stay may start or end can be pressed. It brings React Aria: load it on demand.
 */
export function StayCalendar({
  label,
  days,
  rules,
  value,
  onChange,
  onSee,
  last,
  locale = 'en-GB',
  autoFocus,
}: StayCalendarProps) {
  const months = useWide() ? 2 : 1;
  const state = useRef<State | null>(null);

  function choose(start: string, end: string) {
    if (misfit(days, rules, { start, end }) === null) {
      onChange({ start, end });
      return;
    }
    // The day that was pressed begins another stay. React Aria ends its selection after this call, so ours comes after that.
    const anchor = state.current?.anchorDate?.toString();
    const pressed = parseDate(anchor === start ? end : start);
    queueMicrotask(() => state.current?.setAnchorDate(pressed));
  }

  return (
    <I18nProvider locale={locale}>
      <RangeCalendar
        aria-label={label}
        className={styles.calendar}
        value={value && { start: parseDate(value.start), end: parseDate(value.end) }}
        onChange={({ start, end }) => choose(start.toString(), end.toString())}
        isDateUnavailable={(date, anchor) =>
          !pressable(days, rules, date.toString(), anchor?.toString() ?? null, value)
        }
        allowsNonContiguousRanges
        commitBehavior="reset"
        minValue={parseDate(rules.today)}
        maxValue={parseDate(last)}
        defaultFocusedValue={parseDate(value?.start ?? firstStart(days) ?? rules.today)}
        visibleDuration={{ months }}
        selectionAlignment="start"
        pageBehavior="single"
        firstDayOfWeek="mon"
        autoFocus={autoFocus}
      >
        <Months
          stateRef={state}
          count={months}
          days={days}
          rules={rules}
          value={value}
          onSee={onSee}
          locale={locale}
        />
      </RangeCalendar>
    </I18nProvider>
  );
}

function firstStart(days: StayDays): string | undefined {
  for (const day of days.values()) if (day.starts) return day.date;
  return undefined;
}

function Months({
  stateRef,
  count,
  days,
  rules,
  value,
  onSee,
  locale,
}: Pick<StayCalendarProps, 'days' | 'rules' | 'value' | 'onSee'> & {
  stateRef: RefObject<State | null>;
  count: number;
  locale: string;
}) {
  const state = useContext(RangeCalendarStateContext);
  const [pointed, point] = useState<string | null>(null);
  useEffect(() => {
    stateRef.current = state;
  });
  const lastShown = state?.visibleRange.end.toString();
  useEffect(() => {
    if (lastShown) onSee?.(lastShown);
  }, [lastShown, onSee]);
  if (!state) return null;

  const anchor = state.anchorDate?.toString() ?? null;
  const marked = markedRange(state, value);
  const fits = marked !== null && (anchor === null || misfit(days, rules, marked) === null);
  const title = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });

  return (
    <>
      <div className={styles.months} onPointerLeave={() => point(null)}>
        <Button slot="previous" className={classes(styles.turn, styles.back)}>
          <ChevronLeft size={20} aria-hidden="true" />
        </Button>
        {Array.from({ length: count }, (_, i) => {
          const month = state.visibleRange.start.add({ months: i });
          return (
            <div key={i} className={styles.month}>
              <div className={styles.title} aria-hidden="true">
                {title.format(month.toDate('UTC'))}
              </div>
              <CalendarGrid offset={{ months: i }} weekdayStyle="short" className={styles.grid}>
                <CalendarGridHeader>
                  {(name) => <CalendarHeaderCell>{name}</CalendarHeaderCell>}
                </CalendarGridHeader>
                <CalendarGridBody>
                  {(date) => (
                    <Cell
                      date={date}
                      days={days}
                      rules={rules}
                      anchor={anchor}
                      range={fits ? marked : anchor === null ? null : { start: anchor, end: anchor }}
                      onPoint={point}
                      free={pressable(days, rules, date.toString(), anchor, value)}
                    />
                  )}
                </CalendarGridBody>
              </CalendarGrid>
            </div>
          );
        })}
        <Button slot="next" className={styles.turn}>
          <ChevronRight size={20} aria-hidden="true" />
        </Button>
      </div>
      <Hint
        days={days}
        rules={rules}
        anchor={anchor}
        value={value}
        day={pointed ?? (state.isFocused ? state.focusedDate.toString() : null)}
        locale={locale}
      />
      <Legend minNights={rules.minNights} />
    </>
  );
}

function markedRange(state: State, value: StayRange | null): StayRange | null {
  if (state.anchorDate && state.highlightedRange) {
    return { start: state.highlightedRange.start.toString(), end: state.highlightedRange.end.toString() };
  }
  return value;
}

function Cell({
  date,
  days,
  rules,
  anchor,
  range,
  free,
  onPoint,
}: {
  date: CalendarDate;
  days: StayDays;
  rules: StayRules;
  anchor: string | null;
  range: StayRange | null;
  free: boolean;
  /** Somebody points at a day that cannot be had (its date), or at one that can (null). */
  onPoint: (date: string | null) => void;
}) {
  const iso = date.toString();
  const day = days.get(iso);
  const why = reason(days, rules, iso, anchor);
  const inside = range !== null && range.start <= iso && iso <= range.end;
  const look = classes(
    styles.cell,
    free && styles.open,
    day?.night === 'taken' && !inside && styles.taken,
    day?.night === 'free' && !day.starts && anchor === null && !inside && styles.outOnly,
    iso === rules.today && styles.today,
    inside && styles.within,
    inside && iso === range.start && styles.first,
    inside && iso === range.end && styles.last,
  );
  return (
    <CalendarCell
      date={date}
      className={look}
      render={(props) => (
        <div
          {...props}
          onPointerEnter={(event) => {
            props.onPointerEnter?.(event);
            onPoint(why ? iso : null);
          }}
          aria-label={[props['aria-label'], day?.night === 'free' ? day.price : '', why]
            .filter(Boolean)
            .join(', ')}
        />
      )}
    >
      {({ formattedDate }) => (
        <>
          <span className={styles.number}>{formattedDate}</span>
          {day?.night === 'free' && day.price && <span className={styles.price}>{day.price}</span>}
        </>
      )}
    </CalendarCell>
  );
}
