import { ArrowLeft, Check } from 'lucide-react';
import Link from 'next/link';

import type { Listing } from '@/lib/api/types';
import { plural } from '@/lib/dates';
import { amenities, bookingModes, policies, propertyTypes, roomTypes } from '@/lib/labels';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { Card, Facts, Stack } from '@/ui/layout';
import { Notice } from '@/ui/notice';
import { Picture } from '@/ui/picture';
import { countryName } from '@/ui/stay/country';

import { wanted } from '../editor/values';
import styles from './preview.module.css';

/** The listing as guests will see it, with the change that waits for review. */
export function ListingPreview({ listing }: { listing: Listing }) {
  const seen = wanted(listing);
  const photos = seen.photos.filter((photo) => photo.variants.length > 0);
  const place = [seen.address.city, seen.address.region, countryName(seen.address.country_code)]
    .filter(Boolean)
    .join(', ');
  return (
    <Stack gap={5}>
      <div className={styles.bar}>
        <Link href={paths.editListing(listing.id, 'publish')} className={styles.back}>
          <ArrowLeft size={18} aria-hidden="true" />
          Back to the editor
        </Link>
      </div>
      <Notice>
        This is a preview: nobody else can see it
        {listing.status === 'live' ? ' as long as a change waits for review' : ''}. What you change in the
        editor is here as soon as it is saved.
      </Notice>
      <header>
        <h1>{seen.title || 'Untitled listing'}</h1>
        <p className={styles.soft}>{place}</p>
      </header>
      {photos.length > 0 ? (
        <div className={styles.gallery}>
          {photos.slice(0, 5).map((photo, index) => (
            <Picture
              key={photo.upload_id}
              source={photo}
              first={index === 0}
              sizes={index === 0 ? '(max-width: 48rem) 100vw, 40rem' : '(max-width: 48rem) 50vw, 20rem'}
              alt={photo.alt_text || photo.caption}
              className={styles.photo}
            />
          ))}
        </div>
      ) : (
        <p className={styles.soft}>The photos will stand here.</p>
      )}
      <div className={styles.columns}>
        <Stack gap={5}>
          <p className={styles.facts}>
            {roomTypes[seen.room_type]} · {propertyTypes[seen.property_type]} ·{' '}
            {plural(seen.max_guests, 'guest')} ·{' '}
            {seen.bedrooms === 0 ? 'studio' : plural(seen.bedrooms, 'bedroom')} · {plural(seen.beds, 'bed')} ·{' '}
            {plural(seen.bathrooms, 'bathroom')}
          </p>
          <p className={styles.text}>{seen.description || 'The description will stand here.'}</p>
          <section aria-labelledby="amenities">
            <h2 id="amenities">What this place offers</h2>
            {seen.amenities.length === 0 && <p className={styles.soft}>No amenities are ticked.</p>}
            <ul role="list" className={styles.amenities}>
              {seen.amenities.map((amenity) => (
                <li key={amenity}>
                  <Check size={18} aria-hidden="true" />
                  {amenities[amenity]}
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="rules">
            <h2 id="rules">Good to know</h2>
            <Facts
              items={[
                ['Check-in', `from ${seen.check_in_from}`],
                ['Check-out', `until ${seen.check_out_until}`],
                ['Booking', bookingModes[seen.booking_mode]],
                ['Cancellation', policies[seen.cancellation_policy]],
              ]}
            />
            {seen.house_rules && <p className={styles.text}>{seen.house_rules}</p>}
          </section>
        </Stack>
        <Card>
          {listing.price ? (
            <p>
              <strong className={styles.price}>
                {formatMoney({ minor: listing.price.nightly_minor, currency: listing.price.currency })}
              </strong>{' '}
              a night
            </p>
          ) : (
            <p className={styles.soft}>The price will stand here.</p>
          )}
        </Card>
      </div>
    </Stack>
  );
}
