import Link from 'next/link';

import { dataOf, isFailure } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { Booking } from '@/lib/api/types';
import { formatInstant, formatRange, plural } from '@/lib/dates';
import { policies } from '@/lib/labels';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { here, requireUser } from '@/lib/session';
import { Card, Facts, PageHeader, Stack } from '@/ui/layout';

import { RecentEntries } from '../audit/recent';
import { Back, BookingBadge, Missing, Mono, Section } from '../shared/parts';
import { needed, tried } from '../shared/read';
import styles from '../shared/shared.module.css';
import { CancelBooking } from './cancel';
import { History } from './history';

/** One booking: the stay, the people, the price, and everything that happened to it. */
export async function BookingDetail({ id }: { id: string }) {
  await requireUser(await here(), 'admin');
  const client = await api();
  const params = { path: { booking_id: id } };
  const [booking, history] = await Promise.all([
    needed(dataOf(client.GET('/bookings/{booking_id}', { params }))),
    tried(dataOf(client.GET('/bookings/{booking_id}/history', { params }))),
  ]);
  const { listing } = booking;
  return (
    <>
      <Back href={paths.adminBookings()}>Bookings</Back>
      <PageHeader
        title={`Booking ${booking.code}`}
        lead={
          <>
            <BookingBadge status={booking.status} /> {formatRange(booking.check_in, booking.check_out)} ·{' '}
            {plural(booking.nights, 'night')} · {plural(booking.guests, 'guest')}
          </>
        }
        actions={cancellable(booking) && <CancelBooking id={booking.id} code={booking.code} />}
      />
      <div className={styles.columns}>
        <Stack gap={6}>
          <Section title="What happened">
            {isFailure(history) ? (
              <Missing what="Its history" failure={history} />
            ) : (
              <History changes={history} zone={booking.timezone} />
            )}
          </Section>
          {booking.message && (
            <Section title="What the guest wrote">
              <p className={styles.prose}>{booking.message}</p>
            </Section>
          )}
          <RecentEntries title="What staff did" query={{ target_id: booking.id }} />
        </Stack>
        <Stack>
          <Card>
            <Facts
              items={[
                [
                  'Listing',
                  <Link key="listing" href={paths.listing(listing.id)}>
                    {listing.title}
                  </Link>,
                ],
                [
                  'Where',
                  [listing.address_line, listing.postal_code, listing.city, listing.country_code]
                    .filter(Boolean)
                    .join(', '),
                ],
                [
                  'Guest',
                  <Link key="guest" href={paths.user(booking.guest.id)}>
                    {booking.guest.name}
                  </Link>,
                ],
                [
                  'Host',
                  <Link key="host" href={paths.user(booking.host.id)}>
                    {booking.host.name}
                  </Link>,
                ],
                ['Check-in', `from ${booking.check_in_from} (${booking.timezone})`],
                ['Policy', policies[booking.cancellation_policy]],
                ['Booked', `${formatInstant(booking.created_at, booking.timezone)}`],
                ...answerBy(booking),
                ['Id', <Mono key="id">{booking.id}</Mono>],
              ]}
            />
          </Card>
          <Card>
            <Bill booking={booking} />
          </Card>
        </Stack>
      </div>
    </>
  );
}

// What the API may still cancel; it has the last word, with its reason.
function cancellable({ status }: Booking): boolean {
  return status === 'PENDING' || status === 'CONFIRMED' || status === 'AWAITING_PAYMENT';
}

function answerBy({ status, expires_at, timezone }: Booking): [string, string][] {
  return status === 'PENDING' && expires_at ? [['Answer by', formatInstant(expires_at, timezone)]] : [];
}

function Bill({ booking: { lines, total, refund } }: { booking: Booking }) {
  const money = (minor: number) => formatMoney({ minor, currency: total.currency });
  return (
    <dl className={styles.bill}>
      {lines.map((line, index) => (
        <div key={index}>
          <dt>{line.label}</dt>
          <dd>{money(line.amount_minor)}</dd>
        </div>
      ))}
      <div className={styles.total}>
        <dt>Total</dt>
        <dd>{formatMoney(total)}</dd>
      </div>
      {refund && (
        <div>
          <dt>Given back</dt>
          <dd>{formatMoney(refund)}</dd>
        </div>
      )}
    </dl>
  );
}
