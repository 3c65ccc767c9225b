import { CalendarDays, HousePlus, ImageOff, MessageSquareWarning, Pencil } from 'lucide-react';
import Link from 'next/link';

import type { Listing, ListingStatus } from '@/lib/api/types';
import { listingStatuses, propertyTypes } from '@/lib/labels';
import { formatMoney } from '@/lib/money';
import { paths, withQuery } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { ButtonLink } from '@/ui/button';
import { PageHeader, Pages } from '@/ui/layout';
import { State } from '@/ui/notice';
import { Picture } from '@/ui/picture';

import { wanted } from '../editor/values';
import { statusTones } from '../tones';
import styles from './listings.module.css';

const statuses = Object.keys(listingStatuses) as ListingStatus[];

/** A status of a listing in the address; undefined when it is none. */
export function statusOf(text: unknown): ListingStatus | undefined {
  return statuses.find((status) => status === text);
}

type Cursors = { next?: string | null; prev?: string | null } | undefined;

/** The host's listings with their states. */
export function ListingList({
  listings,
  page,
  status,
}: {
  listings: Listing[];
  page: Cursors;
  status?: ListingStatus;
}) {
  const to = (cursor?: string | null) =>
    cursor ? withQuery(paths.hostListings(), { status, cursor }) : null;
  return (
    <>
      <PageHeader
        title="Listings"
        actions={
          <ButtonLink href={paths.newListing()} variant="primary">
            <HousePlus size={18} aria-hidden="true" />
            New listing
          </ButtonLink>
        }
      />
      <nav aria-label="Listings by state" className={styles.filters}>
        <Link href={paths.hostListings()} aria-current={status ? undefined : 'page'}>
          All
        </Link>
        {statuses.map((one) => (
          <Link
            key={one}
            href={withQuery(paths.hostListings(), { status: one })}
            aria-current={status === one ? 'page' : undefined}
          >
            {listingStatuses[one]}
          </Link>
        ))}
      </nav>
      {listings.length === 0 ? (
        <Nothing status={status} />
      ) : (
        <ul role="list" className={styles.list}>
          {listings.map((listing) => (
            <Item key={listing.id} listing={listing} />
          ))}
        </ul>
      )}
      <Pages previous={to(page?.prev)} next={to(page?.next)} />
    </>
  );
}

function Nothing({ status }: { status?: ListingStatus }) {
  if (status) {
    return (
      <State
        icon={<HousePlus aria-hidden="true" />}
        title={`No listing is ${listingStatuses[status].toLowerCase()}`}
        actions={<ButtonLink href={paths.hostListings()}>Show all</ButtonLink>}
      >
        Listings in this state appear here.
      </State>
    );
  }
  return (
    <State
      icon={<HousePlus aria-hidden="true" />}
      title="Your first listing begins here"
      actions={
        <ButtonLink href={paths.newListing()} variant="primary">
          Start a listing
        </ButtonLink>
      }
    >
      It takes a few facts to start. Photos, price and rules follow in steps, and nothing is shown to anybody
      before you hand it in.
    </State>
  );
}

function Item({ listing }: { listing: Listing }) {
  const seen = wanted(listing);
  const photo = seen.photos.find((one) => one.variants.length > 0);
  const revision = listing.pending_revision;
  return (
    <li className={styles.item}>
      <Link href={paths.editListing(listing.id)} className={styles.photo} tabIndex={-1} aria-hidden="true">
        {photo ? (
          <Picture source={photo} sizes="(max-width: 40rem) 100vw, 12rem" alt="" />
        ) : (
          <ImageOff size={28} />
        )}
      </Link>
      <div className={styles.facts}>
        <h2 className={styles.title}>
          <Link href={paths.editListing(listing.id)}>{seen.title || 'Untitled listing'}</Link>
        </h2>
        <p className={styles.soft}>
          {propertyTypes[seen.property_type]} in {seen.address.city}
          {listing.price &&
            ` · ${formatMoney({ minor: listing.price.nightly_minor, currency: listing.price.currency })} a night`}
        </p>
        <p className={styles.badges}>
          <Badge tone={statusTones[listing.status]}>{listingStatuses[listing.status]}</Badge>
          {revision?.status === 'pending' && <Badge tone="info">A change waits for review</Badge>}
          {revision?.status === 'rejected' && <Badge tone="warning">A change was sent back</Badge>}
        </p>
        {listing.status === 'rejected' && (
          <p className={styles.note}>
            <MessageSquareWarning size={16} aria-hidden="true" />
            {listing.review?.notes[0]?.note ?? 'Look at what has to be mended.'}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        <ButtonLink href={paths.editListing(listing.id)} size="small" aria-label={`Edit ${seen.title}`}>
          <Pencil size={16} aria-hidden="true" />
          Edit
        </ButtonLink>
        <ButtonLink
          href={paths.hostCalendar(listing.id)}
          size="small"
          aria-label={`Calendar of ${seen.title}`}
        >
          <CalendarDays size={16} aria-hidden="true" />
          Calendar
        </ButtonLink>
      </div>
    </li>
  );
}
