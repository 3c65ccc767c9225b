import type { Booking } from '@/lib/api/types';
import { addDays, type CalendarDate } from '@/lib/dates';

/** So many days ahead somebody comes or goes "in the next days". */
export const ahead = 7;

/** Who comes, stays and goes, soonest first; each by the day of the place. */
export function sorted(stays: Booking[], dayOf: (booking: Booking) => CalendarDate) {
  const certain = stays.filter((one) => one.status === 'CONFIRMED' || one.status === 'CHECKED_IN');
  const near = (day: CalendarDate, from: CalendarDate) => day >= from && day <= addDays(from, ahead);
  const by = (field: 'check_in' | 'check_out') => (a: Booking, b: Booking) =>
    a[field].localeCompare(b[field]);
  return {
    arrivals: certain
      .filter((one) => near(one.check_in, dayOf(one)) && one.status !== 'CHECKED_IN')
      .sort(by('check_in')),
    staying: certain
      .filter((one) => {
        const day = dayOf(one);
        return (
          one.check_out > day && (one.check_in < day || (one.check_in === day && one.status === 'CHECKED_IN'))
        );
      })
      .sort(by('check_out')),
    departures: certain
      .filter((one) => one.check_in <= dayOf(one) && near(one.check_out, dayOf(one)))
      .sort(by('check_out')),
  };
}
