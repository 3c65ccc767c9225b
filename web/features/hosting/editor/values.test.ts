import { describe, expect, it } from 'vitest';

import { inWords, lacks, stepOfField } from './steps';
import {
  type ListingValues,
  linesOf,
  noPrice,
  parsePrice,
  parseRate,
  priceValuesOf,
  typedAmount,
} from './values';

describe('prices as they are typed', () => {
  it('reads amounts in the currency’s own units', () => {
    expect(parsePrice({ ...noPrice, nightly_minor: '95.50', cleaning_minor: '30' })).toMatchObject({
      price: { nightly_minor: 9550, cleaning_minor: 3000, extra_guest_minor: 0, tax_bps: 0 },
    });
    expect(parsePrice({ ...noPrice, currency: 'JPY', nightly_minor: '9500' })).toMatchObject({
      price: { nightly_minor: 9500 },
    });
  });

  it('says what is no amount', () => {
    const parsed = parsePrice({ ...noPrice, nightly_minor: '', extra_guest_minor: 'ten', tax_bps: '80' });
    expect('errors' in parsed && Object.keys(parsed.errors).sort()).toEqual([
      'extra_guest_minor',
      'nightly_minor',
      'tax_bps',
    ]);
  });

  it('writes an amount as it would be typed', () => {
    expect(typedAmount(9550, 'EUR')).toBe('95.50');
    expect(typedAmount(9500, 'EUR')).toBe('95');
    expect(typedAmount(9500, 'JPY')).toBe('9500');
    expect(typedAmount(1250, 'KWD')).toBe('1.250');
  });

  it('reads back what it writes', () => {
    const price = {
      currency: 'EUR',
      nightly_minor: 12650,
      cleaning_minor: 0,
      included_guests: 2,
      extra_guest_minor: 1500,
      tax_bps: 650,
    };
    expect(parsePrice(priceValuesOf(price))).toEqual({ price });
  });

  it('reads rates', () => {
    expect([
      parseRate(''),
      parseRate('6.5'),
      parseRate('6,25 %'),
      parseRate('50'),
      parseRate('51'),
      parseRate('x'),
    ]).toEqual([0, 650, 625, 5000, null, null]);
  });

  it('adds a stay up as the API does', () => {
    const price = {
      currency: 'EUR',
      nightly_minor: 10000,
      cleaning_minor: 3000,
      included_guests: 2,
      extra_guest_minor: 1000,
      tax_bps: 600,
    };
    const { lines, total } = linesOf(price, 3, 3);
    expect(lines.map(({ label, amount_minor }) => [label, amount_minor])).toEqual([
      ['3 nights', 30000],
      ['1 extra guest, 3 nights', 3000],
      ['Cleaning', 3000],
      ['Tax 6 %', 2160],
    ]);
    expect(total).toBe(38160);
  });
});

describe('what is missing', () => {
  const values = { title: 'Too short', description: 'x'.repeat(80), max_guests: 2 } as ListingValues;

  it('names each lack with its step', () => {
    const found = lacks(values, { ...noPrice, nightly_minor: '90', included_guests: 3 }, 4);
    expect(found.map((lack) => lack.step)).toEqual(['basics', 'photos', 'price']);
  });

  it('is empty when nothing is missing', () => {
    expect(lacks({ ...values, title: 'Long enough' }, { ...noPrice, nightly_minor: '90' }, 5)).toEqual([]);
  });
});

describe('the API’s fields', () => {
  it('leads each to its step', () => {
    expect([
      stepOfField('address.city'),
      stepOfField('photos[2].caption'),
      stepOfField('tax_bps'),
      stepOfField('house_rules'),
    ]).toEqual(['place', 'photos', 'price', 'rules']);
  });

  it('puts its sentences in our words', () => {
    expect(inWords('title must not be empty.')).toBe('The title must not be empty.');
    expect(inWords('address.country_code must be a code.')).toBe('The country must be a code.');
    expect(inWords('photos[3].caption must have at most 200 characters.')).toBe(
      'A photo must have at most 200 characters.',
    );
    expect(inWords('Something else happened.')).toBe('Something else happened.');
  });
});
