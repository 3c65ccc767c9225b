import { describe, expect, it } from 'vitest';

import { deed, lines } from './changes';

describe('lines', () => {
  it('reads a change of state with its reason', () => {
    expect(lines({ from: 'CONFIRMED', to: 'CANCELLED_BY_ADMIN', reason: 'Storm' })).toEqual([
      { name: 'State', from: 'CONFIRMED', to: 'CANCELLED_BY_ADMIN' },
      { name: 'Reason', text: 'Storm' },
    ]);
    expect(lines({ status: { from: 'pending', to: 'live' } })).toEqual([
      { name: 'Status', from: 'pending', to: 'live' },
    ]);
  });

  it('reads notes, lists and numbers', () => {
    const diff = {
      fields: ['title', 'photos'],
      notes: [{ field: 'house_rules', note: 'Too long.' }],
      sessions_ended: 0,
    };
    expect(lines(diff)).toEqual([
      { name: 'Fields', text: 'title, photos' },
      { name: 'Note on house rules', text: 'Too long.' },
      { name: 'Sessions ended', text: '0' },
    ]);
  });

  it('leaves out what is empty', () => {
    expect(lines({})).toEqual([]);
    expect(lines({ notes: [], group: '', type: null })).toEqual([]);
  });

  it('keeps what nobody has thought of', () => {
    expect(
      lines({ rules: { min_nights: { before: 1, after: 2 }, deep: { a: [{ b: true }] } }, on: false }),
    ).toEqual([
      { name: 'Rules, min nights', from: '1', to: '2' },
      { name: 'Rules, deep', text: '{"a":[{"b":true}]}' },
      { name: 'On', text: 'no' },
    ]);
  });
});

describe('deed', () => {
  it('has words, or the name itself', () => {
    expect(deed('listing.approve')).toBe('approved a listing');
    expect(deed('ghost.seen')).toBe('ghost.seen');
  });
});
