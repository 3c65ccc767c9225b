import { ImageOff } from 'lucide-react';
import Link from 'next/link';

import type { Booking } from '@/lib/api/types';
import { formatRange, plural } from '@/lib/dates';
import { bookingStatuses } from '@/lib/labels';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { Picture } from '@/ui/picture';
import { Countdown } from '@/ui/stay/countdown';
import { countryName } from '@/ui/stay/country';

import { coverOf, statusTones } from '../state';
import styles from './trips.module.css';

/** A stay in a list: where, when, and how it stands. */
export function TripCard({ trip, first }: { trip: Booking; first: boolean }) {
  const cover = coverOf(trip.listing);
  const { listing, status } = trip;
  return (
    <article className={styles.card}>
      <div className={styles.photo}>
        {cover ? (
          <Picture source={cover} alt="" sizes="(min-width: 40rem) 14rem, 100vw" ratio="auto" first={first} />
        ) : (
          <ImageOff size={28} aria-hidden="true" />
        )}
      </div>
      <div className={styles.text}>
        <div className={styles.state}>
          <Badge tone={statusTones[status]}>{bookingStatuses[status]}</Badge>
          {status === 'PENDING' && trip.expires_at && (
            <span className={styles.soft}>
              answer within <Countdown until={Date.parse(trip.expires_at)} spoken={false} />
            </span>
          )}
        </div>
        <h2>
          <Link href={paths.trip(trip.id)} className={styles.link}>
            {listing.title}
          </Link>
        </h2>
        <p className={styles.soft}>
          {listing.city}, {countryName(listing.country_code)}
        </p>
        <p>
          {formatRange(trip.check_in, trip.check_out)} · {plural(trip.nights, 'night')} ·{' '}
          {plural(trip.guests, 'guest')}
        </p>
        <p className={styles.soft}>
          {formatMoney(trip.total)} · {trip.code}
        </p>
      </div>
    </article>
  );
}
