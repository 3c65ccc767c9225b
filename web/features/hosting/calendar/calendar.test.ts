import { describe, expect, it } from 'vitest';

import type { Block, Booking, Calendar } from '@/lib/api/types';

import { addMonths, daysOf, isMonth, moveBy, sameDayIn, spanOf, weeksOf } from './grid';
import { barsOf, countsOf, inWords, nightsOf } from './nights';

describe('months', () => {
  it('counts over the turn of the year', () => {
    expect([addMonths('2026-11', 3), addMonths('2027-01', -1), addMonths('2027-05', 0)]).toEqual([
      '2027-02',
      '2026-12',
      '2027-05',
    ]);
    expect([isMonth('2027-05'), isMonth('2027-13'), isMonth('x'), isMonth(undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('keeps the day, or takes the last one', () => {
    expect([sameDayIn('2027-01-31', 1), sameDayIn('2027-03-15', -1)]).toEqual(['2027-02-28', '2027-02-15']);
  });

  it('has whole weeks from Monday on', () => {
    const weeks = weeksOf('2027-05');
    expect(weeks[0]?.[0]).toBe('2027-04-26');
    expect(weeks.at(-1)?.[6]).toBe('2027-06-06');
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeksOf('2027-02')).toHaveLength(4);
  });
});

describe('keys of the grid', () => {
  it('move by a day, a week and a month', () => {
    const from = '2027-05-14'; // a Friday
    expect(['ArrowRight', 'ArrowUp', 'Home', 'End', 'PageDown', 'x'].map((key) => moveBy(key, from))).toEqual(
      ['2027-05-15', '2027-05-07', '2027-05-10', '2027-05-16', '2027-06-14', null],
    );
    expect(moveBy('ArrowRight', from, true)).toBe('2027-05-13');
  });

  it('select in both directions', () => {
    expect(spanOf({ anchor: '2027-05-14', end: '2027-05-12' })).toEqual({
      first: '2027-05-12',
      last: '2027-05-14',
    });
    expect(daysOf('2027-05-30', '2027-06-01')).toEqual(['2027-05-30', '2027-05-31', '2027-06-01']);
  });
});

describe('nights', () => {
  const days = daysOf('2027-05-10', '2027-05-23').map((date) => ({
    date,
    state: date === '2027-05-13' ? ('blocked' as const) : ('free' as const),
    nightly_minor: 9500,
    check_in: true,
  }));
  const calendar = {
    currency: 'EUR',
    timezone: 'UTC',
    today: '2027-05-10',
    min_nights: 1,
    max_nights: 30,
    days,
  } as Calendar;
  const booking = {
    id: 'b',
    code: '7KQ4MZ',
    status: 'CONFIRMED',
    guest: { id: 'g', name: 'Guest 42' },
    check_in: '2027-05-14',
    check_out: '2027-05-18',
  } as Booking;
  const block = {
    id: 'k',
    start: '2027-05-20',
    end: '2027-05-22',
    note: 'Painting',
    created_at: '',
  } as Block;
  const nights = nightsOf(calendar, [block], [booking]);

  it('say who stays and why they are blocked', () => {
    expect(nights.get('2027-05-14')?.state).toBe('booked');
    expect(nights.get('2027-05-18')?.state).toBe('free');
    expect(nights.get('2027-05-21')?.block?.note).toBe('Painting');
    expect(inWords(nights.get('2027-05-14') as never, 'EUR')).toContain('booked by Guest 42, code 7KQ4MZ');
  });

  it('are free at once when their block is gone here', () => {
    expect(nights.get('2027-05-13')?.state).toBe('free');
  });

  it('are drawn as bars that break at the end of the week', () => {
    const [first, second] = weeksOf('2027-05').slice(2, 4);
    expect(barsOf(first ?? [], nights)).toMatchObject([
      { key: 'b', start: '2027-05-14', span: 3, begins: true, ends: false },
    ]);
    expect(barsOf(second ?? [], nights)).toMatchObject([
      { key: 'b', start: '2027-05-17', span: 1, begins: false, ends: true },
      { key: 'k', start: '2027-05-20', span: 2, begins: true, ends: true },
    ]);
  });

  it('are counted', () => {
    expect(countsOf(nights, '2027-05-10', '2027-05-24')).toEqual({
      free: 8,
      booked: 4,
      asked: 0,
      blocked: 2,
      closed: 0,
    });
  });
});
