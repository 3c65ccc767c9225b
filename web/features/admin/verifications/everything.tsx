import type { Listing, Price } from '@/lib/api/types';
import { plural } from '@/lib/dates';
import { amenities, bookingModes, policies, propertyTypes, roomTypes } from '@/lib/labels';
import { formatMoney } from '@/lib/money';
import { Facts } from '@/ui/layout';

import styles from './verifications.module.css';

/** All that a listing says, in the order of its form. */
export function Everything({
  listing,
  price,
  title,
}: {
  listing: Listing;
  price: Price | null;
  title: string;
}) {
  const { address } = listing;
  const lines = [
    address.line,
    [address.postal_code, address.city].filter(Boolean).join(' '),
    address.region,
    address.country_code,
  ];
  return (
    <section aria-labelledby="everything" className={styles.section}>
      <h3 id="everything">{title}</h3>
      <p className={styles.prose}>{listing.description || <em>No description.</em>}</p>
      <Facts
        items={[
          ['Kind', `${propertyTypes[listing.property_type]}, ${roomTypes[listing.room_type].toLowerCase()}`],
          ['Room for', room(listing)],
          ['Amenities', listing.amenities.map((one) => amenities[one]).join(', ') || 'None'],
          [
            'House rules',
            <span key="rules" className={styles.prose}>
              {listing.house_rules || 'None'}
            </span>,
          ],
          ['Address', lines.filter(Boolean).join(', ')],
          [
            'Check-in',
            `from ${listing.check_in_from}, check-out until ${listing.check_out_until} (${listing.timezone})`,
          ],
          [
            'Booking',
            `${bookingModes[listing.booking_mode]}; cancellation: ${policies[listing.cancellation_policy].toLowerCase()}`,
          ],
          ['Price', price ? priced(price) : 'Cannot be read right now'],
        ]}
      />
    </section>
  );
}

function room({ max_guests, bedrooms, beds, bathrooms }: Listing): string {
  return [
    plural(max_guests, 'guest'),
    plural(bedrooms, 'bedroom'),
    plural(beds, 'bed'),
    plural(bathrooms, 'bathroom'),
  ].join(', ');
}

function priced({
  currency,
  nightly_minor,
  cleaning_minor,
  extra_guest_minor,
  included_guests,
  tax_bps,
}: Price): string {
  const money = (minor: number) => formatMoney({ minor, currency });
  const parts = [`${money(nightly_minor)} a night`];
  if (cleaning_minor > 0) parts.push(`${money(cleaning_minor)} cleaning`);
  if (extra_guest_minor > 0)
    parts.push(`${money(extra_guest_minor)} a night for each guest after ${included_guests}`);
  if (tax_bps > 0) parts.push(`${tax_bps / 100}% tax`);
  return parts.join(', ');
}
