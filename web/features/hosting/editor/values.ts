import type {
  Amenity,
  AvailabilityRules,
  BookingMode,
  CancellationPolicy,
  Listing,
  Price,
  PropertyType,
  QuoteLine,
  RoomType,
} from '@/lib/api/types';
import { plural } from '@/lib/dates';
import { minorUnits, parseMoney } from '@/lib/money';

/** A photograph of a listing as an edit names it. */
export type PhotoValue = { upload_id: string; caption: string; alt_text: string };

/** What a host says of a place, as the editor holds it. */
export type ListingValues = {
  title: string;
  description: string;
  property_type: PropertyType;
  room_type: RoomType;
  max_guests: number;
  bedrooms: number;
  beds: number;
  bathrooms: number;
  amenities: Amenity[];
  house_rules: string;
  address: { line: string; city: string; region: string; postal_code: string; country_code: string };
  location: { lat: number; lng: number };
  check_in_from: string;
  check_out_until: string;
  cancellation_policy: CancellationPolicy;
  booking_mode: BookingMode;
  photos: PhotoValue[];
};

/** What guests rely on: of a listing that was approved once, changes of these are looked at first. */
export const reviewedFirst: ReadonlySet<keyof ListingValues> = new Set([
  'title',
  'description',
  'property_type',
  'room_type',
  'max_guests',
  'bedrooms',
  'beds',
  'bathrooms',
  'address',
  'location',
  'photos',
] satisfies (keyof ListingValues)[]);

/** Whether there is a version that guests see, beside which a change would wait. */
export function wasApproved(listing: Listing): boolean {
  return listing.status === 'live' || listing.status === 'paused';
}

/** Whether the listing takes edits at all. */
export function isEditable(listing: Listing): boolean {
  return listing.status !== 'pending' && listing.status !== 'archived';
}

/** The listing as its host wants it: with the change that waits for review, if one does. */
export function wanted(listing: Listing): Listing {
  const revision = listing.pending_revision;
  return revision?.status === 'pending' ? { ...listing, ...revision.fields } : listing;
}

export function valuesOf(listing: Listing): ListingValues {
  const all = wanted(listing);
  return {
    title: all.title,
    description: all.description,
    property_type: all.property_type,
    room_type: all.room_type,
    max_guests: all.max_guests,
    bedrooms: all.bedrooms,
    beds: all.beds,
    bathrooms: all.bathrooms,
    amenities: [...all.amenities].sort(),
    house_rules: all.house_rules,
    address: {
      line: all.address.line ?? '',
      city: all.address.city,
      region: all.address.region ?? '',
      postal_code: all.address.postal_code ?? '',
      country_code: all.address.country_code,
    },
    location: { lat: all.location.lat, lng: all.location.lng },
    check_in_from: all.check_in_from,
    check_out_until: all.check_out_until,
    cancellation_policy: all.cancellation_policy,
    booking_mode: all.booking_mode,
    photos: all.photos.map(({ upload_id, caption, alt_text }) => ({ upload_id, caption, alt_text })),
  };
}

/** The price as it is typed: amounts as texts in units of the currency, the tax in per cent. */
export type PriceValues = {
  currency: string;
  nightly_minor: string;
  cleaning_minor: string;
  included_guests: number;
  extra_guest_minor: string;
  tax_bps: string;
};

export const noPrice: PriceValues = {
  currency: 'EUR',
  nightly_minor: '',
  cleaning_minor: '',
  included_guests: 1,
  extra_guest_minor: '',
  tax_bps: '',
};

/** An amount as somebody would type it. */
export function typedAmount(minor: number, currency: string): string {
  if (minor === 0) return '';
  const units = minorUnits(currency);
  return minor % units === 0 ? String(minor / units) : (minor / units).toFixed(Math.round(Math.log10(units)));
}

export function priceValuesOf(price: Price): PriceValues {
  return {
    currency: price.currency,
    nightly_minor: typedAmount(price.nightly_minor, price.currency),
    cleaning_minor: typedAmount(price.cleaning_minor, price.currency),
    included_guests: price.included_guests,
    extra_guest_minor: typedAmount(price.extra_guest_minor, price.currency),
    tax_bps: price.tax_bps === 0 ? '' : String(price.tax_bps / 100),
  };
}

/** Hundredths of a per cent of what somebody typed ("6", "6.5"); null when it is no rate from 0 to 50. */
export function parseRate(text: string): number | null {
  const plain = text.trim().replace('%', '').trim();
  if (plain === '') return 0;
  if (!/^\d{1,2}([.,]\d{1,2})?$/.test(plain)) return null;
  const bps = Math.round(Number(plain.replace(',', '.')) * 100);
  return bps <= 5000 ? bps : null;
}

export type PriceErrors = Partial<Record<keyof PriceValues, string>>;

/** The price that was typed, or what of it is no amount, in sentences. */
export function parsePrice(values: PriceValues): { price: Price } | { errors: PriceErrors } {
  const errors: PriceErrors = {};
  const amount = (name: 'nightly_minor' | 'cleaning_minor' | 'extra_guest_minor'): number => {
    const text = values[name].trim();
    if (text === '' && name !== 'nightly_minor') return 0;
    const minor = parseMoney(text, values.currency);
    if (text === '') errors[name] = 'Enter what a night costs.';
    else if (minor === null)
      errors[name] = `Enter an amount of ${values.currency}, such as ${example(values.currency)}.`;
    else if (name === 'nightly_minor' && minor < 1) errors[name] = 'A night must cost something.';
    return minor ?? 0;
  };
  const price: Price = {
    currency: values.currency,
    nightly_minor: amount('nightly_minor'),
    cleaning_minor: amount('cleaning_minor'),
    included_guests: values.included_guests,
    extra_guest_minor: amount('extra_guest_minor'),
    tax_bps: 0,
  };
  const rate = parseRate(values.tax_bps);
  if (rate === null) errors.tax_bps = 'Enter a rate from 0 to 50 per cent, such as 6.5.';
  else price.tax_bps = rate;
  return Object.keys(errors).length > 0 ? { errors } : { price };
}

function example(currency: string): string {
  const digits = Math.round(Math.log10(minorUnits(currency)));
  return digits === 0 ? '9500' : `95.${'50'.padEnd(digits, '0').slice(0, digits)}`;
}

export type RulesValues = AvailabilityRules;

/** What a guest would pay for a stay, line by line, as the API computes it. */
export function linesOf(price: Price, nights: number, guests: number): { lines: QuoteLine[]; total: number } {
  const lines: QuoteLine[] = [];
  const add = (kind: QuoteLine['kind'], label: string, quantity: number, unit: number) => {
    const amount_minor = quantity * unit;
    if (amount_minor > 0) lines.push({ kind, label, quantity, unit_minor: unit, amount_minor });
  };
  const extra = Math.max(0, guests - price.included_guests);
  add('nights', plural(nights, 'night'), nights, price.nightly_minor);
  add(
    'extra_guests',
    `${plural(extra, 'extra guest')}, ${plural(nights, 'night')}`,
    extra * nights,
    price.extra_guest_minor,
  );
  add('cleaning', 'Cleaning', 1, price.cleaning_minor);
  const sum = () => lines.reduce((before, line) => before + line.amount_minor, 0);
  add('tax', `Tax ${price.tax_bps / 100} %`, 1, Math.round((sum() * price.tax_bps) / 10_000));
  return { lines, total: sum() };
}
