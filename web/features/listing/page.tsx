import Link from 'next/link';

import type { Listing } from '@/lib/api/types';
import { formatDate, plural } from '@/lib/dates';
import { env } from '@/lib/env';
import { propertyTypes, roomTypes } from '@/lib/labels';
import { mapStyle } from '@/lib/map-style';
import { paths } from '@/lib/paths';
import { currentUser } from '@/lib/session';
import { Facts, Page } from '@/ui/layout';
import { MonthTables } from '@/ui/calendar/month-tables';
import { Notice } from '@/ui/notice';
import { countryName } from '@/ui/stay/country';
import { PlaceMap } from '@/ui/stay/place-map';

import { Bar } from './bar';
import { Dates } from './dates';
import { Gallery } from './gallery';
import { scriptJSON, structuredData } from './json-ld';
import styles from './listing.module.css';
import { Panel } from './panel';
import { Policy } from './policy';
import { stayOf } from './queries';
import type { StayQuery } from './query';
import { Amenities, Description, Highlights, Section } from './sections';
import { StayProvider } from './stay-context';
import { byDate, stayDays, stayRules } from './stay-days';

/** The point of a listing is within so many metres of the true one. */
const vague = 500;

/** A place to stay: what it is like, when it is free, what it costs, and the way to book it. */
export async function ListingPage({ listing, wanted }: { listing: Listing; wanted: StayQuery }) {
  const [{ calendar, quote, now }, user] = await Promise.all([stayOf(listing, wanted), currentUser()]);
  const { id, max_guests: maxGuests, booking_mode: mode, price = null } = listing;
  const place = [listing.address.city, listing.address.region, countryName(listing.address.country_code)]
    .filter((part, i, all) => part && all.indexOf(part) === i)
    .join(', ');
  const panel = { listingId: id, maxGuests, mode, price };
  return (
    <Page className={styles.page}>
      <script type="application/ld+json">
        {scriptJSON(structuredData(listing, new URL(paths.listing(id), env().publicURL).href))}
      </script>
      <StayProvider listingId={id} maxGuests={maxGuests} first={quote}>
        <header className={styles.head}>
          <h1>{listing.title}</h1>
          <p className={styles.soft}>{place}</p>
        </header>
        {user?.id === listing.host.id && <Own id={id} />}
        <Gallery photos={listing.photos} title={listing.title} />
        <div className={styles.columns}>
          <div className={styles.main}>
            <Summary listing={listing} />
            <Highlights listing={listing} />
            {listing.description && (
              <Section id="about" title="About this place">
                <Description text={listing.description} />
              </Section>
            )}
            {listing.amenities.length > 0 && (
              <Section id="amenities" title="What this place offers">
                <Amenities amenities={listing.amenities} />
              </Section>
            )}
            {calendar && <When listing={listing} calendar={calendar} wanted={wanted} />}
          </div>
          <aside className={styles.aside}>
            <Panel {...panel} />
          </aside>
          <div className={styles.main}>
            <Section id="where" title="Where it is">
              <p className={styles.soft}>{place}. The exact address is told once the booking is confirmed.</p>
              <PlaceMap
                label={`About where ${listing.title} is`}
                {...mapStyle()}
                name={listing.address.city}
                at={listing.location}
                radius={listing.location_exact ? undefined : vague}
              />
            </Section>
            <Section id="rules" title="Good to know">
              <Facts
                items={[
                  ['Check-in', `from ${listing.check_in_from}`],
                  ['Check-out', `until ${listing.check_out_until}`],
                  ['Guests', `at most ${maxGuests}`],
                ]}
              />
              {listing.house_rules && <p className={styles.text}>{listing.house_rules}</p>}
            </Section>
            <Section id="cancellation" title="If your plans change">
              <Policy
                policy={listing.cancellation_policy}
                checkInFrom={listing.check_in_from}
                zone={listing.timezone}
                now={now}
              />
            </Section>
          </div>
        </div>
        <Bar {...panel} />
      </StayProvider>
    </Page>
  );
}

function Summary({ listing }: { listing: Listing }) {
  const facts = [
    plural(listing.max_guests, 'guest'),
    listing.bedrooms > 0 ? plural(listing.bedrooms, 'bedroom') : 'Studio',
    plural(listing.beds, 'bed'),
    plural(listing.bathrooms, 'bathroom'),
  ];
  const since = formatDate(listing.host.since.slice(0, 10), 'en-GB', { month: 'long', year: 'numeric' });
  return (
    <div className={styles.facts}>
      <p className={styles.kind}>
        {roomTypes[listing.room_type]} · {propertyTypes[listing.property_type]}
      </p>
      <p>{facts.join(' · ')}</p>
      <p className={styles.host}>
        <span className={styles.avatar} aria-hidden="true">
          {listing.host.name.trim().charAt(0).toUpperCase() || '?'}
        </span>
        <span>
          Hosted by <strong>{listing.host.name}</strong>
          <span className={styles.soft}> · since {since}</span>
        </span>
      </p>
    </div>
  );
}

function When({
  listing,
  calendar,
  wanted,
}: {
  listing: Listing;
  calendar: NonNullable<Awaited<ReturnType<typeof stayOf>>['calendar']>;
  wanted: StayQuery;
}) {
  const days = stayDays(calendar);
  const rules = stayRules(calendar);
  const from = wanted.stay?.start ?? days.find((day) => day.starts)?.date ?? rules.today;
  return (
    <Dates listingId={listing.id} title={listing.title} days={days} rules={rules} invalid={wanted.invalid}>
      <MonthTables days={byDate(days)} rules={rules} value={wanted.stay} from={from} />
    </Dates>
  );
}

function Own({ id }: { id: string }) {
  return (
    <Notice>
      <p>
        This is your own place, as guests see it. <Link href={paths.editListing(id)}>Edit it</Link> or{' '}
        <Link href={paths.hostCalendar(id)}>open its calendar</Link>.
      </p>
    </Notice>
  );
}
