import { classes } from '../classes';
import styles from './calendar.module.css';
import { Legend } from './legend';
import { monthsFrom, type StayDay, type StayDays, type StayRange, type StayRules, weeksOf } from './stay';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Two months to read, in the very place and size of the calendar that takes over once it is loaded. */
export function MonthTables({
  days,
  rules,
  value,
  from,
  locale = 'en-GB',
}: {
  days: StayDays;
  rules: StayRules;
  value: StayRange | null;
  /** A day of the first month. */
  from: string;
  locale?: string;
}) {
  const title = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (
    <div className={styles.calendar}>
      <div className={styles.months}>
        {monthsFrom(from, 2).map((month) => (
          <div key={month} className={styles.month}>
            <div className={styles.title} aria-hidden="true">
              {title.format(new Date(`${month}T00:00:00Z`))}
            </div>
            <table className={styles.grid} aria-label={title.format(new Date(`${month}T00:00:00Z`))}>
              <thead>
                <tr>
                  {weekdays.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {weeksOf(month).map((week, i) => (
                  <tr key={i}>
                    {week.map((date, k) => (
                      <td key={k}>
                        {date && <Day date={date} day={days.get(date)} rules={rules} value={value} />}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      </div>
      <p className={styles.hint} />
      <Legend minNights={rules.minNights} />
    </div>
  );
}

function Day({
  date,
  day,
  rules,
  value,
}: {
  date: string;
  day: StayDay | undefined;
  rules: StayRules;
  value: StayRange | null;
}) {
  const inside = value !== null && value.start <= date && date <= value.end;
  const look = classes(
    styles.cell,
    day?.starts && styles.can,
    day?.night === 'taken' && !inside && styles.taken,
    day?.night === 'free' && !day.starts && !inside && styles.outOnly,
    date === rules.today && styles.today,
    inside && styles.within,
    inside && date === value.start && styles.first,
    inside && date === value.end && styles.last,
  );
  return (
    <div className={look}>
      <span className={styles.number}>{Number(date.slice(8))}</span>
      {day?.night === 'free' && day.price && <span className={styles.price}>{day.price}</span>}
      {day?.night === 'taken' && <span className="visually-hidden">taken</span>}
    </div>
  );
}
