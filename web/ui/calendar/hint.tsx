import styles from './calendar.module.css';
import { ends, reason, type StayDays, type StayRange, type StayRules } from './stay';

/** What to do next in a calendar of stays, or why the day at hand cannot be had. */
export function Hint({
  days,
  rules,
  anchor,
  value,
  day,
  locale,
}: {
  days: StayDays;
  rules: StayRules;
  anchor: string | null;
  value: StayRange | null;
  /** The day that is pointed at or focused. */
  day: string | null;
  locale: string;
}) {
  return (
    <p className={styles.hint} role="status">
      {(day !== null && day !== anchor && reason(days, rules, day, anchor)) ||
        next(days, rules, anchor, value, locale)}
    </p>
  );
}

function next(
  days: StayDays,
  rules: StayRules,
  anchor: string | null,
  value: StayRange | null,
  locale: string,
): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const told = (date: string) => format.format(new Date(`${date}T00:00:00Z`));
  if (anchor !== null) {
    const possible = ends(days, rules, anchor);
    if (!possible) return 'No stay can start on this day. Choose another one.';
    return possible.start === possible.end
      ? `Check-in ${told(anchor)}. Check-out can only be ${told(possible.end)}.`
      : `Check-in ${told(anchor)}. Choose the check-out, from ${told(possible.start)} to ${told(possible.end)}.`;
  }
  return value ? 'Choose another check-in to change the stay.' : 'Choose the day of your check-in.';
}
