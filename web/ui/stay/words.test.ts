import { expect, it } from 'vitest';

import { readable, titleIn } from './words';

it('makes a sentence of the server readable', () => {
  expect(readable('check_out must be 2027-05-03 or later: a stay has at least 3 nights.')).toBe(
    'Check-out must be Mon, 3 May 2027 or later: a stay has at least 3 nights.',
  );
  expect(readable('Some of the nights from 2027-05-01 to 2027-05-03 are taken.')).toBe(
    'Some of the nights from Sat, 1 May 2027 to Mon, 3 May 2027 are taken.',
  );
  expect(readable('guests must be between 1 and 4.')).toBe('Guests must be between 1 and 4.');
});

it('names the city once', () => {
  expect(titleIn('Studio in Porto', 'Porto')).toBe('Studio in Porto');
  expect(titleIn('By the river', 'Porto')).toBe('By the river, Porto');
});
