import { describe, expect, it } from 'vitest';

import { coordinates, length, metres } from './distance';

describe('metres', () => {
  it('measures over the sphere', () => {
    expect(metres({ lat: 38.7, lng: -9.1 }, { lat: 38.7, lng: -9.1 })).toBe(0);
    expect(Math.round(metres({ lat: 0, lng: 0 }, { lat: 0, lng: 1 }) / 1000)).toBe(111);
    expect(Math.round(metres({ lat: 0, lng: 179.5 }, { lat: 0, lng: -179.5 }) / 1000)).toBe(111);
  });
});

describe('length', () => {
  it('is as exact as it is useful', () => {
    expect([7.4, 343, 995.2, 2140, 11_100, 1_234_567].map(length)).toEqual([
      '7 m',
      '340 m',
      '1000 m',
      '2.1 km',
      '11 km',
      '1,235 km',
    ]);
  });
});

describe('coordinates', () => {
  it('has five digits', () => expect(coordinates({ lat: 38.7109, lng: -9.1459 })).toBe('38.71090, -9.14590'));
});
