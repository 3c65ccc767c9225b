import { describe, expect, it } from 'vitest';

import type { Booking, BookingStatus } from '@/lib/api/types';

import { coverOf, holdsNights, nextStep } from './state';

const on = (status: BookingStatus, check_in: string, check_out: string) => ({ status, check_in, check_out });

describe('nextStep', () => {
  const booking = {
    ...on('CONFIRMED', '2027-05-10', '2027-05-12'),
    host: { id: 'h', name: 'Mara' },
    timezone: 'Europe/Lisbon',
    check_in_from: '15:00',
  } as Booking;
  const at = (instant: string) => nextStep(booking, Date.parse(instant)).title;

  it('follows the day at the place', () => {
    expect(at('2027-05-01T12:00:00Z')).toBe('Your stay is confirmed');
    expect(at('2027-05-08T23:30:00Z')).toBe('Tomorrow is the day'); // the 9th there
    expect(at('2027-05-09T23:30:00Z')).toBe('Today is the day');
    expect(at('2027-05-11T12:00:00Z')).toBe('You are there');
    expect(at('2027-05-12T12:00:00Z')).toBe('This stay is over');
  });
});

it('knows what holds nights', () => {
  expect(holdsNights({ status: 'PENDING' })).toBe(true);
  expect(holdsNights({ status: 'CANCELLED_BY_HOST' })).toBe(false);
});

it('gives a cover its proportions', () => {
  const variant = { name: 's', format: 'webp', width: 640, height: 427, url: '/s.webp' };
  const cover = { alt_text: '', blurhash: '', variants: [variant] };
  expect(coverOf({ cover } as unknown as Booking['listing'])).toMatchObject({ width: 640, height: 427 });
  expect(coverOf({} as Booking['listing'])).toBeNull();
});
