import { describe, expect, it } from 'vitest';

import { concessions } from './concessions';
import { anything, type Search, staysHref } from './state';

const keys = (search: Partial<Search>) => concessions({ ...anything, ...search }).map(({ key }) => key);

describe('concessions', () => {
  it('ends with everything there is', () => {
    expect(keys({ q: 'sauna', guests: 9 })).toEqual(['guests', 'text', 'all']);
  });

  it('offers nothing instead of everything', () => {
    expect(keys({})).toEqual([]);
  });

  it('offers no search twice', () => {
    const list = concessions({
      ...anything,
      checkIn: '2027-05-01',
      checkOut: '2027-05-03',
      instant: true,
      guests: 4,
    });
    const addresses = list.map(({ search }) => staysHref(search));
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(list.map(({ key }) => key)).toEqual(['flexible', 'filter', 'dates', 'guests', 'both', 'all']);
  });

  it('keeps the place, then widens it', () => {
    expect(keys({ place: 'Lisbon, Portugal', bbox: '38,-10,39,-9', amenities: ['pool', 'wifi'] })).toEqual([
      'filters',
      'area',
      'all',
    ]);
  });
});
