'use client';

import { type CalendarDate, parseDate } from '@internationalized/date';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type RefObject, useSyncExternalStore } from 'react';
import {
  Button as AriaButton,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Dialog,
  Heading,
  I18nProvider,
  Popover,
  RangeCalendar,
} from 'react-aria-components';

import { addDays, nightsBetween, plural } from '@/lib/dates';
import { Button } from '@/ui/button';
import { Choice, Choices } from '@/ui/field';

import styles from './calendar.module.css';
import type { When } from './dates-field';
import { earliestDay } from './state';

const roomForTwo = '(min-width: 44rem)';

function useRoomForTwo(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(roomForTwo);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(roomForTwo).matches,
    () => false,
  );
}

/** The calendar for a stay, over the page below its field. */
export default function Calendar({
  anchor,
  when,
  onChange,
  onClose,
}: {
  anchor: RefObject<HTMLElement | null>;
  when: When;
  onChange: (when: When) => void;
  onClose: () => void;
}) {
  const months = useRoomForTwo() ? 2 : 1;
  const { checkIn, checkOut, flexibleDays } = when;
  const range = checkIn && checkOut ? { start: parseDate(checkIn), end: parseDate(checkOut) } : null;
  const first = earliestDay();

  function choose(chosen: { start: CalendarDate; end: CalendarDate }) {
    const [start, end] = [chosen.start.toString(), chosen.end.toString()];
    // A stay of no night is one of one night.
    onChange({ checkIn: start, checkOut: start === end ? addDays(start, 1) : end, flexibleDays });
  }

  return (
    <I18nProvider locale="en-GB">
      <Popover
        triggerRef={anchor}
        isOpen
        onOpenChange={(open) => !open && onClose()}
        placement="bottom"
        className={styles.popover ?? ''}
      >
        <Dialog className={styles.dialog ?? ''} aria-label="Check-in and check-out">
          <RangeCalendar
            aria-label="Stay"
            autoFocus
            className={styles.calendar ?? ''}
            visibleDuration={{ months }}
            pageBehavior="single"
            minValue={parseDate(first)}
            maxValue={parseDate(addDays(first, 730))}
            value={range}
            onChange={(chosen) => choose(chosen as { start: CalendarDate; end: CalendarDate })}
          >
            <header className={styles.header}>
              <AriaButton slot="previous" className={styles.turn ?? ''}>
                <ChevronLeft size={20} aria-hidden="true" />
              </AriaButton>
              <Heading className={styles.title ?? ''} />
              <AriaButton slot="next" className={styles.turn ?? ''}>
                <ChevronRight size={20} aria-hidden="true" />
              </AriaButton>
            </header>
            <div className={styles.months}>
              {Array.from({ length: months }, (_, month) => (
                <CalendarGrid
                  key={month}
                  offset={{ months: month }}
                  className={styles.grid ?? ''}
                  weekdayStyle="short"
                >
                  <CalendarGridHeader>
                    {(day) => <CalendarHeaderCell className={styles.weekday ?? ''}>{day}</CalendarHeaderCell>}
                  </CalendarGridHeader>
                  <CalendarGridBody>
                    {(date) => <CalendarCell date={date} className={styles.cell ?? ''} />}
                  </CalendarGridBody>
                </CalendarGrid>
              ))}
            </div>
          </RangeCalendar>
          <Choices label="Days that also suit you">
            {[0, 1, 2, 3].map((days) => (
              <Choice
                key={days}
                name="flexible"
                value={days}
                checked={flexibleDays === days}
                onChange={() => onChange({ ...when, flexibleDays: days })}
              >
                {days === 0 ? 'Exact dates' : `± ${plural(days, 'day')}`}
              </Choice>
            ))}
          </Choices>
          <footer className={styles.footer}>
            <span role="status">
              {checkIn && checkOut
                ? plural(nightsBetween(checkIn, checkOut), 'night')
                : 'Choose check-in, then check-out'}
            </span>
            <Button variant="quiet" size="small" onClick={() => onChange({ flexibleDays: 0 })}>
              Any dates
            </Button>
            <Button variant="primary" size="small" onClick={onClose}>
              Done
            </Button>
          </footer>
        </Dialog>
      </Popover>
    </I18nProvider>
  );
}
