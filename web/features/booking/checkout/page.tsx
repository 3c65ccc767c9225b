import { CalendarX2 } from 'lucide-react';
import { redirect } from 'next/navigation';

import { isFailure } from '@/lib/api/failure';
import type { Listing } from '@/lib/api/types';
import { formatRange } from '@/lib/dates';
import { propertyTypes, roomTypes } from '@/lib/labels';
import { paths } from '@/lib/paths';
import { here } from '@/lib/session';
import { ButtonLink } from '@/ui/button';
import { Page, PageHeader } from '@/ui/layout';
import { State } from '@/ui/notice';
import { Picture } from '@/ui/picture';
import { countryName } from '@/ui/stay/country';

import { ownBooking, quoteFor, type Refusal, type Wanted } from '../queries';
import styles from './checkout.module.css';
import { Booked, CheckoutForm } from './form';
import { Taken } from './refused';

/** Booking a stay: what it is, what it costs, and one button. */
export async function Checkout({ listing, wanted }: { listing: Listing; wanted: Wanted | null }) {
  if (!wanted) redirect(paths.listing(listing.id));
  const [own, answer] = await Promise.all([
    ownBooking(listing.id, wanted).catch(async (error: unknown) => {
      if (isFailure(error) && error.status === 401) redirect(paths.signIn(await here()));
      throw error;
    }),
    quoteFor(listing.id, wanted),
  ]);
  return (
    <Page className={styles.page}>
      <PageHeader
        title={
          own ? 'Your booking' : listing.booking_mode === 'instant' ? 'Confirm and book' : 'Request to book'
        }
        lead={`${listing.title}, ${formatRange(wanted.check_in, wanted.check_out)}`}
      />
      {own ? (
        <Booked id={own.id} />
      ) : 'refusal' in answer ? (
        <NoPrice listing={listing} wanted={wanted} refusal={answer.refusal} />
      ) : (
        <CheckoutForm
          key={`${wanted.check_in}${wanted.check_out}${wanted.guests}`}
          listingId={listing.id}
          hostName={listing.host.name}
          wanted={wanted}
          fresh={answer}
          now={Date.parse(answer.quote.expires_at) - answer.life}
          terms={{
            policy: listing.cancellation_policy,
            checkInFrom: listing.check_in_from,
            checkOutUntil: listing.check_out_until,
            zone: listing.timezone,
          }}
          card={<StayCard listing={listing} />}
        />
      )}
    </Page>
  );
}

function StayCard({ listing }: { listing: Listing }) {
  const [photo] = listing.photos;
  return (
    <div className={styles.listing}>
      {photo && <Picture source={photo} alt="" sizes="8rem" ratio="1" className={styles.photo} first />}
      <div>
        <p className={styles.strong}>{listing.title}</p>
        <p className={styles.soft}>
          {roomTypes[listing.room_type]} · {propertyTypes[listing.property_type]}
        </p>
        <p className={styles.soft}>
          {listing.address.city}, {countryName(listing.address.country_code)}
        </p>
      </div>
    </div>
  );
}

function NoPrice({ listing, wanted, refusal }: { listing: Listing; wanted: Wanted; refusal: Refusal }) {
  if (refusal.code === 'dates_taken') {
    return <Taken listingId={listing.id} guests={wanted.guests} nearest={refusal.nearest} />;
  }
  return (
    <State
      icon={<CalendarX2 aria-hidden="true" />}
      title="This stay cannot be booked"
      actions={
        <ButtonLink href={`${paths.listing(listing.id, { guests: wanted.guests })}#dates`} variant="primary">
          Choose other dates
        </ButtonLink>
      }
    >
      {refusal.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </State>
  );
}
