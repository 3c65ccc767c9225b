import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';

import type { Booking, BookingChange } from '@/lib/api/types';
import { formatDate, formatInstant, plural } from '@/lib/dates';
import { bookingStatuses, policies } from '@/lib/labels';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { Card, Facts, Row } from '@/ui/layout';
import { Notice } from '@/ui/notice';
import { Countdown } from '@/ui/stay/countdown';
import { PriceLines } from '@/ui/stay/price-lines';
import { Timeline, type TimelineStep } from '@/ui/stay/timeline';

import { bookingTones } from '../tones';
import { AnswerButtons } from './answer';
import styles from './bookings.module.css';
import { CancelButton } from './cancel';
import { wordOf } from './list';

const long: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };

/** One booking at the host's listings. */
export function BookingDetail({ booking, history }: { booking: Booking; history: BookingChange[] | null }) {
  const money = (minor: number) => formatMoney({ minor, currency: booking.total.currency });
  return (
    <>
      <Link href={paths.hostBookings()} className={styles.back}>
        <ArrowLeft size={18} aria-hidden="true" />
        All bookings
      </Link>
      <header className={styles.head}>
        <h1>{booking.guest.name}</h1>
        <Badge tone={bookingTones[booking.status]}>{wordOf(booking.status)}</Badge>
      </header>
      <div className={styles.columns}>
        <div className={styles.main}>
          {booking.status === 'PENDING' && <Request booking={booking} />}
          <Card>
            <h2 className={styles.cardTitle}>The stay</h2>
            <Facts
              items={[
                [
                  'Listing',
                  <Link key="l" href={paths.editListing(booking.listing.id)}>
                    {booking.listing.title}
                  </Link>,
                ],
                ['Check-in', `${formatDate(booking.check_in, 'en-GB', long)}, from ${booking.check_in_from}`],
                ['Check-out', formatDate(booking.check_out, 'en-GB', long)],
                ['Nights', String(booking.nights)],
                ['Guests', String(booking.guests)],
                ['Code', booking.code],
                ['Cancellation', policies[booking.cancellation_policy]],
                ['Booked', formatInstant(booking.created_at, booking.timezone)],
              ]}
            />
          </Card>
          {booking.message && (
            <Card>
              <h2 className={styles.cardTitle}>Message from {booking.guest.name}</h2>
              <p className={styles.message}>{booking.message}</p>
            </Card>
          )}
          <Card>
            <h2 className={styles.cardTitle}>What has happened</h2>
            {history ? (
              <Timeline
                steps={history.map((change) => stepOf(change, booking))}
                label="History of the booking"
              />
            ) : (
              <p className={styles.soft}>The history cannot be shown right now.</p>
            )}
          </Card>
        </div>
        <div className={styles.main}>
          <Card>
            <h2 className={styles.cardTitle}>What the guest pays</h2>
            <PriceLines
              lines={booking.lines}
              money={money}
              total={{ label: 'Total', amount: formatMoney(booking.total) }}
            />
            {booking.refund && <p className={styles.refund}>Given back: {formatMoney(booking.refund)}</p>}
          </Card>
          {booking.status === 'CONFIRMED' && (
            <Row>
              <CancelButton booking={booking} />
            </Row>
          )}
        </div>
      </div>
    </>
  );
}

function Request({ booking }: { booking: Booking }) {
  return (
    <Notice
      tone="warning"
      title={`${booking.guest.name} asks for ${plural(booking.nights, 'night')}`}
      actions={<AnswerButtons booking={booking} />}
    >
      {booking.expires_at && (
        <>
          Answer within <Countdown until={Date.parse(booking.expires_at)} spoken={false} />, until{' '}
          {formatInstant(booking.expires_at, booking.timezone)}. After that the request expires and the nights
          become free.
        </>
      )}
    </Notice>
  );
}

const actors: Record<BookingChange['actor_role'], string> = {
  guest: 'by the guest',
  host: 'by the host',
  admin: 'by Rentora',
  system: 'by itself',
};

function stepOf(change: BookingChange, booking: Booking): TimelineStep {
  const good =
    change.to_status === 'CONFIRMED' || change.to_status === 'CHECKED_IN' || change.to_status === 'COMPLETED';
  const requested = !change.from_status && change.to_status === 'PENDING';
  return {
    title: requested ? 'Requested' : bookingStatuses[change.to_status],
    detail: (
      <>
        {formatInstant(change.at, booking.timezone)}, {actors[change.actor_role]}
        {change.reason && <span className={styles.reason}>“{change.reason}”</span>}
      </>
    ),
    tone: good ? 'good' : 'plain',
  };
}
