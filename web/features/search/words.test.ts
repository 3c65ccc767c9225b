import { describe, expect, it } from 'vitest';

import type { SearchHit } from '@/lib/api/types';

import { anything, type Search, staysHref } from './state';
import { applied, kindOf, pinLabel, priceOf, titleOf, withoutFilters } from './words';

const search: Search = {
  ...anything,
  place: 'Lisbon, Portugal',
  bbox: '38,-10,39,-9',
  priceMin: 50,
  currency: 'EUR',
  amenities: ['wifi', 'pool'],
  instant: true,
  cursor: 'x',
};

const hit = {
  property_type: 'house',
  room_type: 'private_room',
  city: 'Porto',
  price: { nightly: { minor: 12_650, currency: 'EUR' }, label: 'base_price' },
} as SearchHit;

describe('applied', () => {
  it('names each filter and leads to the search without it', () => {
    const list = applied(search);
    expect(list.map(({ label }) => label)).toEqual(['From €50 a night', 'Instant booking', 'Wi-Fi', 'Pool']);
    expect(list.map(({ without }) => staysHref(without))).toContain(
      '/stays?place=Lisbon,+Portugal&bbox=38,-10,39,-9&price_min=50&currency=EUR&amenities=pool&booking_mode=instant',
    );
  });

  it('has a word for the currency that a sort by price needs', () => {
    const [only] = applied({ ...anything, sort: 'price_asc', currency: 'EUR' });
    expect(only?.label).toBe('Priced in EUR');
    expect(only && staysHref(only.without)).toBe('/stays');
  });
});

it('withoutFilters keeps where and when', () => {
  expect(staysHref(withoutFilters(search))).toBe('/stays?place=Lisbon,+Portugal&bbox=38,-10,39,-9');
});

it('says what nightly means', () => {
  expect(priceOf(hit)).toMatchObject({ amount: '€126.50', unit: 'a night' });
  expect(pinLabel(hit)).toBe('€127');
  const stay: SearchHit = {
    ...hit,
    price: {
      nightly: { minor: 12_650, currency: 'EUR' },
      total: { minor: 41_300, currency: 'EUR' },
      nights: 3,
      label: 'stay_average',
    },
  };
  expect(priceOf(stay)).toMatchObject({ amount: '€413', unit: 'for 3 nights' });
  expect(priceOf(stay).note).toContain('on average');
  expect(pinLabel(stay)).toBe('€413');
});

it('names places and kinds', () => {
  expect(titleOf(search)).toBe('Stays in Lisbon, Portugal');
  expect(titleOf({ ...anything, q: 'sauna' })).toBe('Stays for “sauna”');
  expect(kindOf(hit)).toBe('Private room · House in Porto');
});
