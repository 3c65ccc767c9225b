import { describe, expect, it } from 'vitest';

import {
  addDays,
  formatDate,
  formatDistance,
  formatInstant,
  formatRange,
  isDate,
  nightsBetween,
  plural,
  today,
} from './dates';

// The tests run in a zone eight hours behind UTC (vitest.config.ts): a day must not slip.

describe('isDate', () => {
  it.each(['2027-05-14', '2028-02-29', '2027-12-31'])('takes %s', (text) => expect(isDate(text)).toBe(true));
  it.each([
    '2027-02-29',
    '2027-02-30',
    '2027-04-31',
    '2027-13-01',
    '2027-00-10',
    '2027-5-14',
    '2027-05-14T00:00:00Z',
    '',
    ' 2027-05-14',
  ])('refuses %s', (text) => expect(isDate(text)).toBe(false));
  it.each([undefined, null, 20270514, ['2027-05-14']])('refuses what is no text: %s', (value) =>
    expect(isDate(value)).toBe(false),
  );
});

describe('addDays', () => {
  it.each([
    ['2027-05-14', 1, '2027-05-15'],
    ['2027-12-31', 1, '2028-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2027-03-01', -1, '2027-02-28'],
    ['2027-03-13', 2, '2027-03-15'], // the clock changes in America
    ['2027-03-27', 2, '2027-03-29'], // and in Europe
    ['2027-05-14', 0, '2027-05-14'],
    ['2027-05-14', 365, '2028-05-13'],
  ])('%s and %i days', (from, days, to) => expect(addDays(from, days)).toBe(to));
});

describe('nightsBetween', () => {
  it.each([
    ['2027-05-14', '2027-05-17', 3],
    ['2027-05-14', '2027-05-14', 0],
    ['2027-05-17', '2027-05-14', -3],
    ['2027-03-01', '2027-04-01', 31],
    ['2027-10-01', '2027-11-15', 45],
  ])('from %s to %s', (from, to, nights) => expect(nightsBetween(from, to)).toBe(nights));
});

describe('today', () => {
  const now = new Date('2027-05-14T23:30:00Z');
  it.each([
    ['UTC', '2027-05-14'],
    ['Asia/Tokyo', '2027-05-15'],
    ['Pacific/Kiritimati', '2027-05-15'],
    ['America/Los_Angeles', '2027-05-14'],
    ['Pacific/Pago_Pago', '2027-05-14'],
  ])('in %s', (zone, day) => expect(today(zone, now)).toBe(day));
  it('is a day', () => expect(isDate(today())).toBe(true));
});

describe('formatting', () => {
  it('writes a day as it is, wherever it is read', () => {
    expect(formatDate('2027-05-14')).toBe('Fri 14 May');
    expect(formatDate('2027-05-14', 'en-GB', { dateStyle: 'long' })).toBe('14 May 2027');
    expect(formatDate('2027-01-01', 'en-GB', { day: 'numeric', month: 'short', year: 'numeric' })).toBe(
      '1 Jan 2027',
    );
  });

  it('writes a range as short as it can', () => {
    expect(formatRange('2027-05-14', '2027-05-17')).toBe('14 – 17 May 2027');
    expect(formatRange('2027-05-30', '2027-06-02')).toBe('30 May – 2 Jun 2027');
    expect(formatRange('2027-12-30', '2028-01-02')).toBe('30 Dec 2027 – 2 Jan 2028');
  });

  it('writes an instant on the clock of a zone', () => {
    expect(formatInstant('2027-05-14T22:30:00Z', 'Europe/Berlin')).toBe('15 May 2027, 00:30');
    expect(formatInstant('2027-05-14T22:30:00Z')).toBe('14 May 2027, 22:30');
  });

  it.each([
    ['2027-05-14T12:00:00Z', 'now'],
    ['2027-05-14T12:00:30Z', 'in 30 seconds'],
    ['2027-05-14T12:05:00Z', 'in 5 minutes'],
    ['2027-05-14T14:59:59Z', 'in 2 hours'],
    ['2027-05-14T11:00:00Z', '1 hour ago'],
    ['2027-05-13T11:00:00Z', 'yesterday'],
    ['2027-05-04T12:00:00Z', '10 days ago'],
  ])('says how far %s is', (instant, text) => {
    expect(formatDistance(instant, new Date('2027-05-14T12:00:00Z'))).toBe(text);
  });

  it('counts', () => {
    expect(plural(1, 'night')).toBe('1 night');
    expect(plural(0, 'night')).toBe('0 nights');
    expect(plural(2, 'city', 'cities')).toBe('2 cities');
  });
});
