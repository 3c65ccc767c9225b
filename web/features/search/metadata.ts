import type { Metadata } from 'next';

import { formatRange, plural } from '@/lib/dates';
import { paths } from '@/lib/paths';

import { anything, parseSearch, type RawQuery, staysHref } from './state';
import { applied, titleOf } from './words';

const description =
  'Places to stay, with the total price for your dates before you book, and every night only once.';

/** What search engines and tabs are told about results. */
export function staysMetadata(raw: RawQuery): Metadata {
  const { search } = parseSearch(raw);
  const title = titleOf(search);
  const dates = search.checkIn && search.checkOut ? `, ${formatRange(search.checkIn, search.checkOut)}` : '';
  const guests = search.guests ? ` for ${plural(search.guests, 'guest')}` : '';
  // Dates, filters and pages make no page of their own for a search engine; a part of the map without a name neither.
  const { q, place, bbox } = search;
  const canonical = staysHref({ ...anything, q, ...(place ? { place, bbox } : {}) });
  const narrow = applied(search).length > 0 || Boolean(search.cursor) || (Boolean(bbox) && !place);
  return {
    title: `${title}${dates}${guests}`,
    description: `${title}${dates}${guests}. ${description}`,
    alternates: { canonical },
    robots: narrow ? { index: false, follow: true } : undefined,
    openGraph: { title, description, url: canonical },
  };
}

/** The same for the first page. */
export function homeMetadata(): Metadata {
  return {
    title: { absolute: 'Rentora: places to stay, never booked twice' },
    description: `Find and book a place to stay. ${description}`,
    alternates: { canonical: paths.home() },
  };
}
