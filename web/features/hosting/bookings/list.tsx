import { CalendarSearch } from 'lucide-react';
import Link from 'next/link';

import type { Booking, BookingStatus, Listing } from '@/lib/api/types';
import { formatRange, isDate, plural } from '@/lib/dates';
import { bookingStatuses } from '@/lib/labels';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { Button, ButtonLink } from '@/ui/button';
import { SelectField } from '@/ui/field';
import { PageHeader, Pages } from '@/ui/layout';
import { State } from '@/ui/notice';

import { bookingTones } from '../tones';
import styles from './bookings.module.css';

const statuses = Object.keys(bookingStatuses) as BookingStatus[];

const phases = { upcoming: 'Upcoming', current: 'Staying now', past: 'Past' };

type Phase = keyof typeof phases;

export type Asked = { when?: Phase; status?: BookingStatus; listing_id?: string; cursor?: string };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the address asks for; what is no filter is left out. */
export function askedOf(query: Record<string, string | string[] | undefined>): Asked {
  const one = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined);
  const listing = one('listing_id');
  return {
    when: (Object.keys(phases) as Phase[]).find((phase) => phase === one('when')),
    status: statuses.find((status) => status === one('status')),
    listing_id: listing && uuid.test(listing) ? listing : undefined,
    cursor: one('cursor'),
  };
}

type Cursors = { next?: string | null; prev?: string | null } | undefined;

/** The bookings at the host's listings, with filters that work without JavaScript. */
export function BookingList({
  bookings,
  page,
  asked,
  listings,
}: {
  bookings: Booking[];
  page: Cursors;
  asked: Asked;
  listings: Listing[];
}) {
  const to = (cursor?: string | null) => (cursor ? paths.hostBookings({ ...asked, cursor }) : null);
  const filtered = asked.when !== undefined || asked.status !== undefined || asked.listing_id !== undefined;
  return (
    <>
      <PageHeader title="Bookings" />
      <form method="get" action={paths.hostBookings()} className={styles.filters}>
        <SelectField label="When" name="when" defaultValue={asked.when ?? ''} key={`w${asked.when}`}>
          <option value="">Always</option>
          {Object.entries(phases).map(([phase, label]) => (
            <option key={phase} value={phase}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField label="Status" name="status" defaultValue={asked.status ?? ''} key={`s${asked.status}`}>
          <option value="">All</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {bookingStatuses[status]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Listing"
          name="listing_id"
          defaultValue={asked.listing_id ?? ''}
          key={`l${asked.listing_id}`}
        >
          <option value="">All</option>
          {listings.map((listing) => (
            <option key={listing.id} value={listing.id}>
              {listing.title}
            </option>
          ))}
        </SelectField>
        <Button type="submit">Show</Button>
        {filtered && (
          <ButtonLink href={paths.hostBookings()} variant="quiet">
            Clear
          </ButtonLink>
        )}
      </form>
      {bookings.length === 0 ? (
        <State
          icon={<CalendarSearch aria-hidden="true" />}
          title={filtered ? 'No booking is like that' : 'No bookings yet'}
          actions={filtered && <ButtonLink href={paths.hostBookings()}>Show all</ButtonLink>}
        >
          {filtered
            ? 'Choose another status or listing.'
            : 'As soon as somebody books one of your listings, the booking stands here.'}
        </State>
      ) : (
        <ul role="list" className={styles.list}>
          {bookings.map((booking) => (
            <Item key={booking.id} booking={booking} />
          ))}
        </ul>
      )}
      <Pages previous={to(page?.prev)} next={to(page?.next)} />
    </>
  );
}

function Item({ booking }: { booking: Booking }) {
  return (
    <li className={styles.item}>
      <div className={styles.who}>
        <Link href={paths.hostBooking(booking.id)} className={styles.cover}>
          {booking.guest.name}
        </Link>
        <span className={styles.soft}>
          {booking.code} · {plural(booking.guests, 'guest')}
        </span>
      </div>
      <div>
        <p>{isDate(booking.check_in) && formatRange(booking.check_in, booking.check_out)}</p>
        <p className={styles.soft}>
          {plural(booking.nights, 'night')} · {booking.listing.title}
        </p>
      </div>
      <p className={styles.sum}>{formatMoney(booking.total)}</p>
      <p className={styles.status}>
        <Badge tone={bookingTones[booking.status]}>{wordOf(booking.status)}</Badge>
      </p>
    </li>
  );
}

/** The status as the host says it. */
export function wordOf(status: BookingStatus): string {
  return status === 'PENDING' ? 'Waits for your answer' : bookingStatuses[status];
}
