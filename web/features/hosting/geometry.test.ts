import { describe, expect, it } from 'vitest';

import { around, centreOf } from './geometry';
import { degreesText, parseDegrees } from './place-fields';

describe('the point in the middle of a map', () => {
  it('is the point that the map was put around, also far north', () => {
    for (const point of [
      { lat: 38.7109, lng: -9.1459 },
      { lat: 69.65, lng: 18.95 },
      { lat: -41.28, lng: 174.77 },
    ]) {
      expect(centreOf(around(point))).toEqual(point);
    }
  });

  it('is right across the antimeridian', () => {
    expect(centreOf([179, -1, -179, 1]).lng).toBe(180);
  });

  it('is not the mean of the latitudes where the map is wide', () => {
    expect(centreOf([0, 0, 60, 60]).lat).toBeGreaterThan(33);
  });
});

describe('degrees that are typed', () => {
  it('are numbers in their range', () => {
    expect([
      parseDegrees('38.7', 90),
      parseDegrees('-9,14', 180),
      parseDegrees('91', 90),
      parseDegrees('', 90),
    ]).toEqual([38.7, -9.14, null, null]);
    expect(degreesText(38.71090000001)).toBe('38.7109');
  });
});
