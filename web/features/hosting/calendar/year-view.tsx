import Link from 'next/link';

import { type CalendarDate, formatDate, plural } from '@/lib/dates';

import { calendarPath } from '../ways';
import styles from './calendar.module.css';
import { addMonths, firstOf, type Month, monthOf, weeksOf } from './grid';
import { countsOf, type Nights } from './nights';

/** Twelve months at a glance; each leads to its own. */
export function YearView({
  listing,
  month,
  nights,
  today,
}: {
  listing: string;
  month: Month;
  nights: Nights;
  today: CalendarDate;
}) {
  return (
    <ul role="list" className={styles.year}>
      {Array.from({ length: 12 }, (_, i) => addMonths(month, i)).map((one) => (
        <li key={one}>
          <Link href={calendarPath(listing, one, 'month')} className={styles.mini}>
            <span className={styles.miniTitle}>
              {formatDate(firstOf(one), 'en-GB', { month: 'long', year: 'numeric' })}
            </span>
            <span className={styles.miniGrid} aria-hidden="true">
              {weeksOf(one)
                .flat()
                .map((date) => (
                  <span
                    key={date}
                    data-state={monthOf(date) === one ? (nights.get(date)?.state ?? 'closed') : undefined}
                    data-today={(date === today && monthOf(date) === one) || undefined}
                  >
                    {monthOf(date) === one && Number(date.slice(8))}
                  </span>
                ))}
            </span>
            <span className={styles.soft}>{summary(one, nights)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function summary(month: Month, nights: Nights): string {
  const counts = countsOf(nights, firstOf(month), firstOf(addMonths(month, 1)));
  const taken = counts.booked + counts.asked;
  const parts = [
    taken > 0 && `${plural(taken, 'night')} booked`,
    counts.blocked > 0 && `${counts.blocked} blocked`,
    counts.free > 0 && `${counts.free} free`,
  ].filter((part) => part !== false);
  return parts.join(', ') || 'Not bookable';
}
