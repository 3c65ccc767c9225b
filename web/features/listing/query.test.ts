import { expect, it } from 'vitest';

import { stayQuery } from './query';

it('reads a stay', () => {
  expect(stayQuery({ check_in: '2027-05-01', check_out: '2027-05-04', guests: '2' }, 4)).toEqual({
    stay: { start: '2027-05-01', end: '2027-05-04' },
    guests: 2,
    invalid: false,
  });
});

it.each([
  [{ check_in: '2027-05-04', check_out: '2027-05-01' }],
  [{ check_in: '2027-05-04', check_out: '2027-05-04' }],
  [{ check_in: '2027-02-30', check_out: '2027-03-04' }],
  [{ check_in: ['2027-05-01', '2027-05-02'], check_out: '2027-05-04' }],
  [{ check_in: '2027-05-01' }],
])('sees no stay in %j', (values) => {
  expect(stayQuery(values, 4)).toEqual({ stay: null, guests: 1, invalid: true });
});

it('finds nothing wrong where nothing is asked for', () => {
  expect(stayQuery({}, 4)).toEqual({ stay: null, guests: 1, invalid: false });
});

it('keeps the guests within what the place takes', () => {
  expect(stayQuery({ guests: '9' }, 4).guests).toBe(4);
  expect(stayQuery({ guests: '0' }, 4).guests).toBe(1);
  expect(stayQuery({ guests: '-3' }, 4).guests).toBe(1);
  expect(stayQuery({ guests: 'many' }, 4).guests).toBe(1);
});
