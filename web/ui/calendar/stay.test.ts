import { describe, expect, it } from 'vitest';

import { ends, misfit, monthsFrom, pressable, reason, type StayDay, type StayDays, weeksOf } from './stay';

// One letter a day from 1 May: s may start, f free but none may start, t taken, c closed.
function calendar(letters: string): StayDays {
  const days = [...letters].map((letter, i): [string, StayDay] => {
    const date = `2027-05-${String(i + 1).padStart(2, '0')}`;
    const night = letter === 't' ? 'taken' : letter === 'c' ? 'closed' : 'free';
    return [date, { date, night, starts: letter === 's' }];
  });
  return new Map(days);
}

const on = (n: number) => `2027-05-${String(n).padStart(2, '0')}`;
const rules = { today: on(1), minNights: 2, maxNights: 4 };
//                     1234567890123456
const days = calendar('csssftssssssftcc');

describe('misfit', () => {
  it.each([
    [2, 4, null],
    [2, 6, null], // ends on the day of a taken night
    [2, 7, 'taken'],
    [2, 3, 'min'],
    [5, 6, 'min'],
    [6, 8, 'taken'],
    [7, 12, 'max'],
    [1, 3, 'closed'],
    [4, 4, 'order'],
    [5, 3, 'order'],
    [20, 22, 'unknown'],
  ] as const)('%i to %i: %s', (start, end, want) => {
    expect(misfit(days, rules, { start: on(start), end: on(end) })).toBe(want);
  });
});

describe('ends', () => {
  it('reaches to the next guest, or the longest stay', () => {
    expect(ends(days, rules, on(3))).toEqual({ start: on(5), end: on(6) });
    expect(ends(days, rules, on(7))).toEqual({ start: on(9), end: on(11) });
    expect(ends(days, rules, on(5))).toBeNull();
    expect(ends(days, rules, on(6))).toBeNull();
  });
});

describe('pressable', () => {
  const can = (date: number, anchor: number | null, chosen: [number, number] | null = null) =>
    pressable(
      days,
      rules,
      on(date),
      anchor === null ? null : on(anchor),
      chosen && { start: on(chosen[0]), end: on(chosen[1]) },
    );

  it('is a start where one may be', () => {
    expect([1, 2, 5, 6, 7].map((date) => can(date, null))).toEqual([false, true, false, false, true]);
  });
  it('leaves what is chosen alone', () => {
    expect(can(6, null, [4, 6])).toBe(true);
    expect(can(5, null, [4, 6])).toBe(true);
  });
  it('is an end, or another start', () => {
    expect(can(3, 3)).toBe(true);
    expect(can(4, 3)).toBe(false); // too short
    expect(can(6, 3)).toBe(true); // the next guest comes that day
    expect(can(7, 3)).toBe(true); // another start
    expect(can(13, 3)).toBe(false); // neither
    expect(can(2, 3)).toBe(true); // another start, earlier
    expect(can(12, 7)).toBe(true); // past the longest stay, another start
  });
  it('offers starts when nothing can follow the anchor', () => {
    expect(can(7, 6)).toBe(true);
    expect(can(8, 6)).toBe(true);
    expect(can(5, 6)).toBe(false);
  });
});

describe('reason', () => {
  it('says why', () => {
    expect(reason(days, rules, on(6), null)).toBe('This night is taken.');
    expect(reason(days, rules, on(5), null)).toBe(
      'Check-out only: 1 night is free from here, and a stay has at least 2 nights.',
    );
    expect(reason(days, rules, on(2), null)).toBeNull();
    expect(reason(days, rules, on(4), on(3))).toBe('A stay has at least 2 nights.');
    expect(reason(days, rules, on(6), on(3))).toBeNull();
    expect(reason(days, rules, on(15), null)).toBe('This night cannot be booked yet, or not any more.');
    expect(reason(days, rules, on(30), null)).toBeNull();
  });
});

describe('months', () => {
  it('go over the year', () => {
    expect(monthsFrom('2026-12-31', 3)).toEqual(['2026-12-01', '2027-01-01', '2027-02-01']);
  });
  it('are weeks from Monday', () => {
    const may = weeksOf('2027-05-01'); // the first is a Saturday
    expect(may).toHaveLength(6);
    expect(may[0]).toEqual([null, null, null, null, null, '2027-05-01', '2027-05-02']);
    expect(may[5]).toEqual(['2027-05-31', null, null, null, null, null, null]);
    expect(weeksOf('2027-02-01')).toHaveLength(4);
  });
});
