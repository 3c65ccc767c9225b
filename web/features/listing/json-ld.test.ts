import { describe, expect, it } from 'vitest';

import type { Listing } from '@/lib/api/types';

import { scriptJSON, structuredData } from './json-ld';

const listing = {
  id: 'id',
  title: 'A </script><script>alert(1)</script> place <!-- here',
  description: 'Quiet & "bright"',
  room_type: 'entire_place',
  max_guests: 4,
  bedrooms: 2,
  beds: 3,
  bathrooms: 1.5,
  amenities: ['wifi'],
  address: { city: 'Porto', country_code: 'PT' },
  location: { lat: 41.1, lng: -8.6 },
  check_in_from: '15:00',
  check_out_until: '11:00',
  photos: [],
  price: { currency: 'EUR', nightly_minor: 9_550 },
} as unknown as Listing;

describe('structured data', () => {
  it('is the same JSON again, and never ends its script', () => {
    const data = structuredData(listing, 'https://example.test/listings/id');
    const text = scriptJSON(data);
    expect(text).not.toMatch(/<\/|<!--|<script/i);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(data)));
  });

  it.each([
    ['EUR', 9_550, '95.50'],
    ['JPY', 9_550, '9550'],
    ['KWD', 9_550, '9.550'],
  ])('says prices in units of %s', (currency, nightly_minor, want) => {
    const { offers } = structuredData(
      { ...listing, price: { currency, nightly_minor } } as unknown as Listing,
      'u',
    );
    expect(offers).toMatchObject({ price: want, priceCurrency: currency });
  });

  it('offers nothing without a price', () => {
    expect(structuredData({ ...listing, price: undefined }, 'u')).not.toHaveProperty('offers');
  });
});
