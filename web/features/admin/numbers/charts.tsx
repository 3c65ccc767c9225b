import { formatDate } from '@/lib/dates';
import { Card } from '@/ui/layout';
import { Chart } from '@/ui/chart/chart';

import styles from './numbers.module.css';
import type { Day } from './read';

/** How the days of a period were. */
export function Charts({ days }: { days: Day[] }) {
  if (days.length === 0) return null;
  const places = days.map(({ date }) => ({
    name: formatDate(date),
    short: formatDate(date, 'en-GB', { day: 'numeric', month: 'short' }),
  }));
  const of = (name: Exclude<keyof Day, 'date'>) => days.map((day) => day[name]);
  return (
    <div className={styles.charts}>
      <Card>
        <Chart
          title="Bookings"
          kind="line"
          places={places}
          series={[
            { name: 'Confirmed', values: of('bookings_confirmed') },
            { name: 'Requested', values: of('bookings_requested') },
            { name: 'Cancelled', values: of('bookings_cancelled') },
          ]}
        />
      </Card>
      <Card>
        <Chart
          title="Nights in confirmed bookings"
          kind="bar"
          places={places}
          series={[{ name: 'Nights', values: of('nights_confirmed') }]}
        />
      </Card>
      <Card>
        <Chart
          title="New accounts"
          kind="bar"
          places={places}
          series={[{ name: 'Accounts', values: of('new_accounts') }]}
        />
      </Card>
      <Card>
        <Chart
          title="New listings"
          kind="bar"
          places={places}
          series={[{ name: 'Listings', values: of('new_listings') }]}
        />
      </Card>
    </div>
  );
}
