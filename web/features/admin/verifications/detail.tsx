import Link from 'next/link';

import { dataOf, isFailure } from '@/lib/api/failure';
import { api } from '@/lib/api/server';
import type { Listing, Price } from '@/lib/api/types';
import { formatInstant } from '@/lib/dates';
import { rejectionReasons } from '@/lib/labels';
import { mapStyle } from '@/lib/map-style';
import { paths } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { Notice } from '@/ui/notice';

import { tried } from '../shared/read';
import { noteFieldOf, noteFields } from '../shared/words';
import { Changes } from './changes';
import { Decide } from './decide';
import { Everything } from './everything';
import { Gallery } from './gallery';
import { Place } from './place';
import { type Chosen, proposed } from './read';
import { coordinates } from './distance';
import styles from './verifications.module.css';

/** One verification, large: what changes, then all of it as guests would see it, and the decision. */
export async function Detail({
  chosen: { verification, previous, next },
  place,
}: {
  chosen: Chosen;
  place: string;
}) {
  const { kind, diff, etag, id, submitted_at } = verification;
  const listing = proposed(verification);
  const title = listing.title || 'Untitled';
  const price = listing.price ?? (await priceOf(listing.id));
  const fields = [...new Set(diff.map(({ field }) => noteFieldOf(field)))];
  return (
    <article aria-labelledby="chosen" className={styles.detail}>
      <header className={styles.head}>
        <p className={styles.soft}>
          <Badge tone={kind === 'listing' ? 'good' : 'info'}>
            {kind === 'listing' ? 'New listing' : 'Change'}
          </Badge>{' '}
          {place} · handed in {formatInstant(submitted_at)} UTC
        </p>
        <h2 id="chosen" tabIndex={-1}>
          {title}
        </h2>
        <p className={styles.soft}>
          {where(listing)} · by <Link href={paths.user(listing.host.id)}>{listing.host.name}</Link>, host
          since {formatInstant(listing.host.since).split(',')[0]}
          {kind === 'revision' && (
            <>
              {' '}
              · <Link href={paths.listing(listing.id)}>as guests see it now</Link>
            </>
          )}
        </p>
      </header>
      <Decide
        subject={{ id, kind, etag, title, listingId: listing.id, fields }}
        previous={previous}
        next={next}
      />
      <Before listing={listing} />
      {kind === 'revision' && <Changes verification={verification} />}
      <section aria-labelledby="photos" className={styles.section}>
        <h3 id="photos">{kind === 'revision' ? 'All photos as they would be' : 'Photos'}</h3>
        <Gallery photos={listing.photos} />
      </section>
      <Everything
        listing={listing}
        price={price}
        title={kind === 'revision' ? 'All of it as it would be' : 'What it says'}
      />
      <section aria-labelledby="place" className={styles.section}>
        <h3 id="place">The exact place</h3>
        <p>
          {[listing.address.line, listing.address.postal_code, where(listing)].filter(Boolean).join(', ')} ·{' '}
          <span dir="ltr" className="numeric">
            {coordinates(listing.location)}
          </span>
        </p>
        <Place
          mapStyle={mapStyle()}
          label={`Where ${title} is`}
          points={[{ id: 'place', ...listing.location, label: listing.address.city }]}
        />
      </section>
    </article>
  );
}

// The queue leaves the price out. Without one a listing could not be handed in: then it cannot be read right now.
async function priceOf(id: string): Promise<Price | null> {
  const client = await api();
  const got = await tried(
    dataOf(client.GET('/listings/{listing_id}/price', { params: { path: { listing_id: id } } })),
  );
  return isFailure(got) ? null : got;
}

function where({ address }: Listing): string {
  return [address.city, address.region, address.country_code].filter(Boolean).join(', ');
}

// What was said the last time, so that nobody has to find it again.
function Before({ listing: { review } }: { listing: Listing }) {
  if (!review?.rejection_reason && !review?.notes.length) return null;
  return (
    <Notice
      title={`Sent back before${review.rejection_reason ? `: ${rejectionReasons[review.rejection_reason]}` : ''}`}
    >
      <ul>
        {review.notes.map(({ field, note }, index) => (
          <li key={index}>
            {noteFields[field]}: {note}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
