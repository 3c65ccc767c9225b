import Link from 'next/link';

import type { Booking } from '@/lib/api/types';
import { formatRange } from '@/lib/dates';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { Table } from '@/ui/layout';

import { BookingBadge } from '../shared/parts';
import styles from '../shared/shared.module.css';

/** Bookings, one a line; each leads to its page. */
export function BookingTable({ label, bookings }: { label: string; bookings: Booking[] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">Code</th>
          <th scope="col">State</th>
          <th scope="col">Stay</th>
          <th scope="col">Listing</th>
          <th scope="col">Guest and host</th>
          <th scope="col" className={styles.end}>
            Total
          </th>
        </tr>
      </thead>
      <tbody>
        {bookings.map((booking) => (
          <tr key={booking.id}>
            <td>
              <Link href={paths.adminBooking(booking.id)}>
                <strong>{booking.code}</strong>
              </Link>
            </td>
            <td>
              <BookingBadge status={booking.status} />
            </td>
            <td className={styles.nowrap}>{formatRange(booking.check_in, booking.check_out)}</td>
            <td className={styles.main}>
              {booking.listing.title}
              <br />
              <span className={styles.soft}>
                {booking.listing.city}, {booking.listing.country_code}
              </span>
            </td>
            <td className={styles.nowrap}>
              {booking.guest.name}
              <br />
              <span className={styles.soft}>{booking.host.name}</span>
            </td>
            <td className={styles.end}>{formatMoney(booking.total)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
