import { describe, expect, it } from 'vitest';

import { boundsAround, boundsOfCircle, ring, withRoom, wrapped } from './geometry';

describe('boundsAround', () => {
  it('is around all points', () => {
    expect(
      boundsAround([
        { lng: -9.2, lat: 38.6 },
        { lng: -9.0, lat: 38.9 },
      ]),
    ).toEqual([-9.2, 38.6, -9.0, 38.9]);
  });

  it('keeps some width around a single point', () => {
    const [west, south, east, north] = boundsAround([{ lng: 10, lat: 50 }], 0.2) ?? [0, 0, 0, 0];
    expect([west, south, east, north].map((n) => Math.round(n * 100) / 100)).toEqual([9.9, 49.9, 10.1, 50.1]);
  });

  it('is null without points', () => {
    expect(boundsAround([])).toBeNull();
  });
});

describe('circle', () => {
  it('is wider in degrees towards the poles', () => {
    const [west, south, east, north] = boundsOfCircle({ lng: 0, lat: 60, radius: 1000 });
    expect((east - west) / (north - south)).toBeCloseTo(2, 1);
  });

  it('is closed', () => {
    const points = ring({ lng: 5, lat: 5, radius: 500 }, 12);
    expect(points).toHaveLength(13);
    expect(points[12]?.[0]).toBeCloseTo(points[0]?.[0] ?? 0, 9);
  });
});

describe('wrapped', () => {
  it.each([
    [190, -170],
    [-190, 170],
    [0, 0],
    [540, -180],
    [12.5, 12.5],
  ])('%d is %d', (given, wanted) => expect(wrapped(given)).toBeCloseTo(wanted));
});

it('withRoom gives way to those before', () => {
  const box = (left: number) => ({ left, top: 0, width: 10, height: 10 });
  expect(withRoom([box(0), box(5), box(10), box(12), box(20)])).toEqual([true, false, true, false, true]);
});
