import { describe, expect, it } from 'vitest';

import { type RefundStep, refundSteps, shareOf, stepsFrom, toldSteps, wallClock } from './cancellation';

const stay = (policy: 'flexible' | 'moderate' | 'strict', checkIn: string, zone: string, bookedAt: string) =>
  refundSteps({ policy, checkIn, checkInFrom: '15:00', zone, bookedAt: new Date(bookedAt) });

const told = (steps: RefundStep[]) =>
  steps.map(({ until, bps }) => [until?.toISOString().slice(0, 16) ?? null, bps]);

describe('refundSteps', () => {
  // The cases of server/booking/refund_test.go.
  it.each([
    [
      'flexible',
      '2026-07-10',
      'Europe/Lisbon',
      '2026-06-01T00:00:00Z',
      [
        ['2026-07-09T14:00', 10_000],
        [null, 5_000],
      ],
    ],
    [
      'flexible',
      '2026-03-29',
      'Europe/Lisbon',
      '2026-01-01T00:00:00Z',
      [
        ['2026-03-28T15:00', 10_000],
        [null, 5_000],
      ],
    ],
    [
      'flexible',
      '2026-03-30',
      'Europe/Lisbon',
      '2026-01-01T00:00:00Z',
      [
        ['2026-03-29T14:00', 10_000],
        [null, 5_000],
      ],
    ],
    [
      'flexible',
      '2026-10-25',
      'Europe/Lisbon',
      '2026-01-01T00:00:00Z',
      [
        ['2026-10-24T14:00', 10_000],
        [null, 5_000],
      ],
    ],
    [
      'moderate',
      '2026-03-10',
      'America/New_York',
      '2026-01-01T00:00:00Z',
      [
        ['2026-03-05T20:00', 10_000],
        ['2026-03-09T19:00', 5_000],
        [null, 0],
      ],
    ],
    [
      'moderate',
      '2028-03-01',
      'Europe/Lisbon',
      '2028-01-01T00:00:00Z',
      [
        ['2028-02-25T15:00', 10_000],
        ['2028-02-29T15:00', 5_000],
        [null, 0],
      ],
    ],
    [
      'strict',
      '2026-07-31',
      'Europe/Lisbon',
      '2026-06-01T10:30:00Z',
      [
        ['2026-06-03T10:30', 10_000],
        ['2026-07-24T14:00', 5_000],
        [null, 0],
      ],
    ],
    [
      'strict',
      '2026-07-31',
      'Europe/Lisbon',
      '2026-07-16T15:00:00Z',
      [
        ['2026-07-17T14:00', 10_000],
        ['2026-07-24T14:00', 5_000],
        [null, 0],
      ],
    ],
  ] as const)('%s before %s in %s', (policy, checkIn, zone, bookedAt, want) => {
    expect(told(stay(policy, checkIn, zone, bookedAt))).toEqual(want);
  });

  it('leaves out what has passed', () => {
    const steps = stay('strict', '2026-07-31', 'Europe/Lisbon', '2026-07-21T10:00:00Z');
    expect(told(stepsFrom(steps, new Date('2026-07-21T10:00:00Z')))).toEqual([
      ['2026-07-24T14:00', 5_000],
      [null, 0],
    ]);
  });

  it('changes at the deadline itself', () => {
    const steps = stay('flexible', '2026-07-10', 'Europe/Lisbon', '2026-06-01T00:00:00Z');
    expect(stepsFrom(steps, new Date('2026-07-09T13:59:59Z'))[0]?.bps).toBe(10_000);
    expect(stepsFrom(steps, new Date('2026-07-09T14:00:00Z'))[0]?.bps).toBe(5_000);
  });
});

describe('wallClock', () => {
  it.each([
    ['2026-01-10', '15:00', 'Pacific/Auckland', '2026-01-10T02:00:00.000Z'],
    ['2026-07-10', '00:30', 'America/St_Johns', '2026-07-10T03:00:00.000Z'],
    ['2026-07-10', '23:45', 'Asia/Kathmandu', '2026-07-10T18:00:00.000Z'],
    ['2026-03-29', '12:00', 'Europe/Berlin', '2026-03-29T10:00:00.000Z'],
  ])('%s %s in %s', (date, time, zone, want) => {
    expect(wallClock(date, time, zone).toISOString()).toBe(want);
  });
});

describe('shareOf', () => {
  it('rounds as the server does', () => {
    expect(shareOf(10_001, 5_000)).toBe(5_001);
    expect(shareOf(10_000, 5_000)).toBe(5_000);
    expect(shareOf(10_001, 10_000)).toBe(10_001);
    expect(shareOf(10_001, 0)).toBe(0);
  });
});

describe('toldSteps', () => {
  const terms = {
    policy: 'moderate' as const,
    checkIn: '2026-07-10',
    checkInFrom: '15:00',
    zone: 'Europe/Lisbon',
    bookedAt: new Date('2026-06-01T00:00:00Z'),
  };
  it('says what comes back until when, at the place', () => {
    expect(toldSteps(terms, terms.bookedAt, { minor: 10_001, currency: 'EUR' })).toEqual([
      {
        title: 'Everything comes back (€100.01)',
        detail: 'If you cancel before 5 Jul 2026, 15:00',
        tone: 'good',
      },
      {
        title: 'Half of the price comes back (€50.01)',
        detail: 'If you cancel before 9 Jul 2026, 15:00',
        tone: 'half',
      },
      { title: 'Nothing comes back', detail: 'After that', tone: 'none' },
    ]);
  });
  it('says what is left near the end', () => {
    expect(toldSteps(terms, new Date('2026-07-09T14:00:00Z'))).toEqual([
      { title: 'Nothing comes back', detail: 'From now on', tone: 'none' },
    ]);
  });
});
