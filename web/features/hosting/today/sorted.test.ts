import { describe, expect, it } from 'vitest';

import type { Booking, BookingStatus } from '@/lib/api/types';

import { sorted } from './sorted';

const stay = (id: string, check_in: string, check_out: string, status: BookingStatus = 'CONFIRMED') =>
  ({ id, check_in, check_out, status }) as Booking;
const ids = (list: Booking[]) => list.map((one) => one.id).join(' ');

describe('who comes, stays and goes', () => {
  const day = () => '2027-05-14';

  it('sorts each by its day', () => {
    const { arrivals, staying, departures } = sorted(
      [
        stay('later', '2027-05-20', '2027-05-25'),
        stay('today', '2027-05-14', '2027-05-16'),
        stay('here', '2027-05-10', '2027-05-18'),
        stay('leaves', '2027-05-10', '2027-05-14'),
        stay('far', '2027-05-22', '2027-05-25'),
        stay('gone', '2027-05-01', '2027-05-13'),
        stay('asked', '2027-05-15', '2027-05-16', 'PENDING'),
        stay('in', '2027-05-14', '2027-05-30', 'CHECKED_IN'),
      ],
      day,
    );
    expect(ids(arrivals)).toBe('today later');
    expect(ids(staying)).toBe('here in');
    expect(ids(departures)).toBe('leaves today here');
  });
});
