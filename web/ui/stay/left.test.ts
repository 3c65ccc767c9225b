import { expect, it } from 'vitest';

import { spokenLeft, timeLeft } from './left';

it('says how much time is left', () => {
  expect(timeLeft(0)).toBe('0:00');
  expect(timeLeft(-5)).toBe('0:00');
  expect(timeLeft(845_000)).toBe('14:05');
  expect(timeLeft(3_600_000)).toBe('1 h 0 min');
  expect(timeLeft(86_399_000)).toBe('23 h 59 min');
  expect(timeLeft(90_000_000)).toBe('1 day 1 h');
});

it('speaks sparingly', () => {
  expect(spokenLeft(301_000)).toBeNull();
  expect(spokenLeft(300_000)).toBe('5 minutes left.');
  expect(spokenLeft(289_000)).toBeNull();
  expect(spokenLeft(58_000)).toBe('60 seconds left.');
  expect(spokenLeft(0)).toBeNull();
});
