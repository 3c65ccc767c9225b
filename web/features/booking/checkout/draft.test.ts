import { describe, expect, it } from 'vitest';

import type { Quote } from '@/lib/api/types';

import { beginDraft, type Draft, draftName, parseDraft } from './draft';

const quote = (token: string) => ({ token }) as Quote;
const kept: Draft = { quote: quote('old'), deadline: 1000, key: 'k1', message: 'Hello' };
const fresh = { quote: quote('new'), life: 500 };

describe('beginDraft', () => {
  it('keeps what still holds', () => {
    expect(beginDraft(kept, fresh, 999, 'k2')).toBe(kept);
  });
  it('takes the fresh quote when the old one has run out, with what was typed', () => {
    expect(beginDraft(kept, fresh, 1000, 'k2')).toEqual({
      quote: fresh.quote,
      deadline: 1500,
      key: 'k2',
      message: 'Hello',
    });
  });
  it('keeps what was sent or booked, however old: its key finds the booking', () => {
    expect(beginDraft({ ...kept, sent: true }, fresh, 9999, 'k2').key).toBe('k1');
    expect(beginDraft({ ...kept, booking: 'b' }, fresh, 9999, 'k2').booking).toBe('b');
  });
  it('begins with nothing', () => {
    expect(beginDraft(null, fresh, 10, 'k2')).toEqual({
      quote: fresh.quote,
      deadline: 510,
      key: 'k2',
      message: '',
    });
  });
});

it('reads only whole drafts', () => {
  expect(parseDraft(JSON.stringify(kept))).toEqual(kept);
  for (const text of [null, '', 'x', 'null', '[]', '{"quote":{}}', '{"quote":{"token":"t"},"key":"k"}']) {
    expect(parseDraft(text)).toBeNull();
  }
});

it('names a stay of a party', () => {
  const stay = { check_in: '2027-05-01', check_out: '2027-05-03', guests: 2 };
  expect(draftName('l', stay)).not.toBe(draftName('l', { ...stay, guests: 3 }));
});
