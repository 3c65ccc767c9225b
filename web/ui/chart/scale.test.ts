import { describe, expect, it } from 'vitest';

import { labelled, placeAt, ticks } from './scale';

describe('ticks', () => {
  it('are round, whole, and reach the top', () => {
    expect(ticks(0)).toEqual([0, 1]);
    expect(ticks(3)).toEqual([0, 1, 2, 3]);
    expect(ticks(17)).toEqual([0, 5, 10, 15, 20]);
    expect(ticks(100)).toEqual([0, 50, 100]);
    expect(ticks(1234)).toEqual([0, 500, 1000, 1500]);
  });
});

describe('labelled', () => {
  it('takes the last and then even steps back', () => {
    expect(labelled(7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(labelled(30, 5)).toEqual([5, 13, 21, 29]);
    expect(labelled(1, 5)).toEqual([0]);
    expect(labelled(0, 5)).toEqual([]);
  });
});

describe('placeAt', () => {
  it('stays inside', () =>
    expect([-1, 0, 0.5, 1, 2].map((share) => placeAt(share, 10))).toEqual([0, 0, 5, 9, 9]));
});
