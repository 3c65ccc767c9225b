import { isFailure } from '@/lib/api/failure';
import { formatDate, plural } from '@/lib/dates';
import { formatMoney } from '@/lib/money';
import { here, requireUser } from '@/lib/session';
import { Card, PageHeader } from '@/ui/layout';
import { Notice } from '@/ui/notice';

import { oneOf, type Search } from '../shared/query';
import { tried } from '../shared/read';
import { Charts } from './charts';
import styles from './numbers.module.css';
import { Period, periods } from './period';
import { counted, type Numbers, numbers } from './read';
import { QueueTiles, Tiles } from './tiles';

/** What waits now, and how the last days were. */
export async function Today({ search }: { search: Search }) {
  const user = await requireUser(await here(), 'admin', 'support');
  const days = oneOf(search, 'days', periods) ?? '30';
  const got = await tried(numbers(Number(days)));
  const title = `Today, ${formatDate(new Date().toISOString().slice(0, 10), 'en-GB', { weekday: 'long', day: 'numeric', month: 'long' })}`;
  if (isFailure(got)) {
    return (
      <>
        <PageHeader title={title} />
        <div className={styles.all}>
          <QueueTiles queues={await counted()} role={user.role} />
          {got.status !== 403 && (
            <Notice tone="warning" title="The numbers of the last days cannot be shown right now.">
              What waits stands above, counted from its own lists. {got.message}
            </Notice>
          )}
        </div>
      </>
    );
  }
  return (
    <>
      <PageHeader title={title} />
      <div className={styles.all}>
        <Tiles now={got.now} role={user.role} />
        <section className={styles.period} aria-labelledby="period">
          <div className={styles.periodHead}>
            <h2 id="period">The last {days} days</h2>
            <Period current={days} />
          </div>
          <Value value={got.value} />
          <Charts days={got.days} />
        </section>
      </div>
    </>
  );
}

/** Amounts of so many currencies are read at a glance; those of a world of them are behind a press. */
const atOnce = 6;

/** The ones that most people can weigh stand first; sums of different currencies are never added up. */
const weighed = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD'];

function Value({ value }: { value: Numbers['value'] }) {
  if (value.length === 0) return <p className={styles.soft}>No booking was confirmed in this time.</p>;
  const rank = (currency: string) => weighed.indexOf(currency) + 1 || weighed.length + 1;
  const sorted = value.toSorted((a, b) => rank(a.currency) - rank(b.currency));
  const rest = sorted.slice(atOnce);
  return (
    <Card>
      <h3>Value of the bookings confirmed, before refunds</h3>
      <Amounts value={sorted.slice(0, atOnce)} />
      {rest.length > 0 && (
        <details className={styles.others}>
          <summary>{plural(rest.length, 'more currency', 'more currencies')}</summary>
          <Amounts value={rest} />
        </details>
      )}
    </Card>
  );
}

function Amounts({ value }: { value: Numbers['value'] }) {
  return (
    <ul role="list" className={styles.value}>
      {value.map(({ currency, confirmed_minor: minor }) => (
        <li key={currency}>{formatMoney({ minor, currency })}</li>
      ))}
    </ul>
  );
}
