import Link from 'next/link';

import type { Booking, Listing } from '@/lib/api/types';
import { toldSteps } from '@/lib/cancellation';
import { formatDate, plural } from '@/lib/dates';
import { bookingStatuses, policies } from '@/lib/labels';
import { mapStyle } from '@/lib/map-style';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { Page } from '@/ui/layout';
import { Picture } from '@/ui/picture';
import { LinkArriving } from '@/ui/stay/arriving';
import { Countdown } from '@/ui/stay/countdown';
import { countryName } from '@/ui/stay/country';
import { PlaceMap } from '@/ui/stay/place-map';
import { PriceLines } from '@/ui/stay/price-lines';
import { Timeline } from '@/ui/stay/timeline';
import { titleIn } from '@/ui/stay/words';

import { besideTrip } from '../queries';
import { coverOf, holdsNights, nextStep, statusTones } from '../state';
import { CancelTrip } from './cancel';
import { toldHistory } from './history';
import { PrintButton } from './print-button';
import styles from './trip.module.css';

const long: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };

/** One stay of the caller's: how it stands, what comes next, and everything that is needed on the way. */
export async function Trip({ trip }: { trip: Booking }) {
  const { history, cancellation, listing, now } = await besideTrip(trip);
  const { total } = trip;
  const next = nextStep(trip, now);
  const cover = listing?.photos[0] ?? coverOf(trip.listing);
  return (
    <Page className={styles.page}>
      <header className={styles.head}>
        <div className={styles.state}>
          <Badge tone={statusTones[trip.status]}>{bookingStatuses[trip.status]}</Badge>
          <span className={styles.soft}>Booking {trip.code}</span>
        </div>
        <h1>{titleIn(trip.listing.title, trip.listing.city)}</h1>
      </header>
      <div className={styles.columns}>
        <div className={styles.main}>
          {cover && (
            <Picture
              source={cover}
              sizes="(min-width: 60rem) 42rem, 100vw"
              ratio="2 / 1"
              className={styles.cover}
              first
            />
          )}
          <section className={styles.next} aria-labelledby="next">
            <h2 id="next">{next.title}</h2>
            <p>{next.text}</p>
            {trip.status === 'PENDING' && trip.expires_at && (
              <p>
                Time left: <Countdown until={Date.parse(trip.expires_at)} spoken={false} />
              </p>
            )}
          </section>
          <Days trip={trip} listing={listing} />
          <Place trip={trip} listing={listing} />
          {trip.message && (
            <section className={styles.part} aria-labelledby="message">
              <h2 id="message">Your message to {trip.host.name}</h2>
              <p className={styles.quote}>{trip.message}</p>
            </section>
          )}
          {history.length > 0 && (
            <section className={styles.part} aria-labelledby="history">
              <h2 id="history">What has happened</h2>
              <Timeline steps={toldHistory(trip, history)} />
            </section>
          )}
        </div>
        <aside className={styles.aside}>
          <section className={styles.card} aria-labelledby="price">
            <h2 id="price">Price</h2>
            <PriceLines
              lines={trip.lines}
              money={(minor) => formatMoney({ minor, currency: total.currency })}
              total={{ label: 'Total', amount: formatMoney(total) }}
            />
            {trip.refund && (
              <p className={styles.refund}>
                <span>Comes back</span> <strong>{formatMoney(trip.refund)}</strong>
              </p>
            )}
            <PrintButton />
          </section>
          {holdsNights(trip) && (
            <section className={styles.card} aria-labelledby="plans">
              <h2 id="plans">If your plans change</h2>
              {trip.status === 'PENDING' ? (
                <p>Cancelling a request costs nothing.</p>
              ) : (
                <>
                  <p className={styles.soft}>{policies[trip.cancellation_policy]} cancellation</p>
                  <Timeline
                    steps={toldSteps(termsOf(trip), new Date(now), total)}
                    label="What comes back when you cancel"
                  />
                </>
              )}
              {cancellation && <CancelTrip id={trip.id} pending={trip.status === 'PENDING'} />}
            </section>
          )}
          <p className={styles.links}>
            {listing && (
              <Link href={paths.listing(trip.listing.id)} prefetch={false}>
                Show the place
                <LinkArriving of="listing" />
              </Link>
            )}
            <Link href={paths.trips()}>All trips</Link>
          </p>
        </aside>
      </div>
    </Page>
  );
}

function termsOf(trip: Booking) {
  return {
    policy: trip.cancellation_policy,
    checkIn: trip.check_in,
    checkInFrom: trip.check_in_from,
    zone: trip.timezone,
    bookedAt: new Date(trip.created_at),
  };
}

function Days({ trip, listing }: { trip: Booking; listing: Listing | null }) {
  return (
    <section className={styles.part} aria-labelledby="days">
      <h2 id="days">{plural(trip.nights, 'night')}</h2>
      <dl className={styles.days}>
        <div>
          <dt>Check-in</dt>
          <dd>{formatDate(trip.check_in, 'en-GB', long)}</dd>
          <dd className={styles.soft}>from {trip.check_in_from}</dd>
        </div>
        <div>
          <dt>Check-out</dt>
          <dd>{formatDate(trip.check_out, 'en-GB', long)}</dd>
          {listing && <dd className={styles.soft}>until {listing.check_out_until}</dd>}
        </div>
        <div>
          <dt>Guests</dt>
          <dd>{trip.guests}</dd>
        </div>
        <div>
          <dt>Host</dt>
          <dd>{trip.host.name}</dd>
        </div>
      </dl>
      <p className={styles.soft}>Times are those of the place ({trip.timezone.replaceAll('_', ' ')}).</p>
    </section>
  );
}

function Place({ trip, listing }: { trip: Booking; listing: Listing | null }) {
  const { address_line: line, postal_code: code, city, country_code: country, location } = trip.listing;
  const at = location ?? listing?.location;
  return (
    <section className={styles.part} aria-labelledby="place">
      <h2 id="place">Where it is</h2>
      <address className={styles.address}>
        {line && <span>{line}</span>}
        <span>
          {code} {city}
        </span>
        <span>{countryName(country)}</span>
      </address>
      {!line && holdsNights(trip) && (
        <p className={styles.soft}>The exact address is shown here once the stay is confirmed.</p>
      )}
      {at && (
        <div className={styles.map}>
          <PlaceMap
            label={location ? `Where ${trip.listing.title} is` : `About where ${trip.listing.title} is`}
            {...mapStyle()}
            name={city}
            at={at}
            radius={location ? undefined : 500}
          />
        </div>
      )}
    </section>
  );
}
