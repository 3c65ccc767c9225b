import type { SearchHit } from '@/lib/api/types';
import { formatRange, plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import type { PictureSource } from '@/ui/picture';

import { cardPhotos } from './photos';
import type { Search } from './state';
import { kindOf, pinLabel, priceOf, sizeOf } from './words';

/** A stay as its card and its pin show it: in words, and without what neither needs. */
export type Stay = {
  id: string;
  lng: number;
  lat: number;
  title: string;
  kind: string;
  city: string;
  size: string;
  instant: boolean;
  /** The days that fit, where they are not those that were asked for. */
  days?: string;
  /** How many other days fit as well. */
  others?: string;
  price: { amount: string; unit: string; note: string };
  /** What its pin says. */
  label: string;
  href: string;
  photos: PictureSource[];
};

/** The stay of a hit, for the dates that fit and the people who come. */
export function stayOf(hit: SearchHit, search?: Search): Stay {
  const [stay, ...others] = hit.stays;
  const shifted = stay && search && (stay.check_in !== search.checkIn || stay.check_out !== search.checkOut);
  return {
    id: hit.id,
    lng: hit.location.lng,
    lat: hit.location.lat,
    title: hit.title,
    kind: kindOf(hit),
    city: hit.city,
    size: sizeOf(hit),
    instant: hit.booking_mode === 'instant',
    days: shifted ? formatRange(stay.check_in, stay.check_out) : undefined,
    others: shifted && others.length > 0 ? plural(others.length, 'other start') : undefined,
    price: priceOf(hit),
    label: pinLabel(hit),
    href: paths.listing(hit.id, {
      check_in: stay?.check_in,
      check_out: stay?.check_out,
      guests: search?.guests,
    }),
    photos: cardPhotos(hit),
  };
}
