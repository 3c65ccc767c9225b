import type { ListingValues, PriceValues } from './values';
import { parsePrice } from './values';

/** The parts of the editor, in the order in which a listing is made. */
export const steps = [
  { id: 'basics', title: 'Basics' },
  { id: 'place', title: 'Place' },
  { id: 'capacity', title: 'Capacity' },
  { id: 'amenities', title: 'Amenities' },
  { id: 'photos', title: 'Photos' },
  { id: 'price', title: 'Price' },
  { id: 'rules', title: 'Rules' },
  { id: 'publish', title: 'Publish' },
] as const;

export type StepId = (typeof steps)[number]['id'];

export function stepOfName(name: string | null | undefined): StepId {
  return steps.find((step) => step.id === name)?.id ?? 'basics';
}

const stepsOfFields: Record<string, StepId> = {
  title: 'basics',
  description: 'basics',
  property_type: 'basics',
  room_type: 'basics',
  address: 'place',
  location: 'place',
  capacity: 'capacity',
  max_guests: 'capacity',
  bedrooms: 'capacity',
  beds: 'capacity',
  bathrooms: 'capacity',
  amenities: 'amenities',
  photos: 'photos',
  price: 'price',
  currency: 'price',
  nightly_minor: 'price',
  cleaning_minor: 'price',
  included_guests: 'price',
  extra_guest_minor: 'price',
  tax_bps: 'price',
};

/** Where a field of the API, or a part of one ("address.city", "photos[2].caption"), is edited. */
export function stepOfField(field: string): StepId {
  return stepsOfFields[field.split(/[.[]/)[0] ?? ''] ?? 'rules';
}

const words: Record<string, string> = {
  title: 'The title',
  description: 'The description',
  property_type: 'The type of place',
  room_type: 'What guests get',
  'address.line': 'Street and number',
  'address.city': 'The city',
  'address.region': 'The region',
  'address.postal_code': 'The postal code',
  'address.country_code': 'The country',
  'location.lat': 'The latitude',
  'location.lng': 'The longitude',
  max_guests: 'The number of guests',
  bedrooms: 'The number of bedrooms',
  beds: 'The number of beds',
  bathrooms: 'The number of bathrooms',
  house_rules: 'The text',
  check_in_from: 'The check-in time',
  check_out_until: 'The check-out time',
  photos: 'The photos',
  price: 'The price',
  currency: 'The currency',
  nightly_minor: 'The price of a night',
  cleaning_minor: 'The cleaning fee',
  included_guests: 'The number of included guests',
  extra_guest_minor: 'The price of an extra guest',
  tax_bps: 'The tax',
  min_nights: 'The shortest stay',
  max_nights: 'The longest stay',
  advance_notice_days: 'The notice',
  horizon_days: 'The horizon',
};

/** The API's sentence of a field with the name that the field has here instead of the contract's. */
export function inWords(message: string): string {
  const name = /^[a-z_]+(?:\.[a-z_]+)?(?:\[\d+\](?:\.[a-z_]+)?)?(?= )/.exec(message)?.[0];
  if (!name) return message;
  const word = words[name] ?? (name.startsWith('photos') ? 'A photo' : undefined);
  return word ? word + message.slice(name.length) : message;
}

/** What verification wants at least, as the API counts it. */
export const least = { title: 10, description: 80, photos: 5 };

export type Lack = { step: StepId; text: string };

/** What the listing still lacks before it can be handed in; the API has the last word when it is. */
export function lacks(values: ListingValues, price: PriceValues, readyPhotos: number): Lack[] {
  const out: Lack[] = [];
  const length = (text: string) => [...text.trim()].length;
  const title = length(values.title);
  const description = length(values.description);
  if (title < least.title) {
    out.push({
      step: 'basics',
      text: `The title needs at least ${least.title} characters; it has ${title}.`,
    });
  }
  if (description < least.description) {
    out.push({
      step: 'basics',
      text: `The description needs at least ${least.description} characters; it has ${description}.`,
    });
  }
  if (readyPhotos < least.photos) {
    out.push({
      step: 'photos',
      text: `At least ${least.photos} photos are needed; ${readyPhotos} are ready.`,
    });
  }
  const parsed = parsePrice(price);
  if ('errors' in parsed) out.push({ step: 'price', text: 'The price is not complete.' });
  else if (parsed.price.included_guests > values.max_guests) {
    out.push({ step: 'price', text: 'The price includes more guests than the listing takes.' });
  }
  return out;
}
