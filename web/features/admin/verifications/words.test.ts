import { describe, expect, it } from 'vitest';

import { compare, type Run } from './words';

const marked = (runs: Run[]) => runs.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');

describe('compare', () => {
  it('marks the words that changed and nothing else', () => {
    const { before, after } = compare('A quiet flat by the river.', 'A bright flat by the old river.');
    expect(marked(before)).toBe('A [quiet] flat by the river.');
    expect(marked(after)).toBe('A [bright] flat by the [old] river.');
  });

  it('marks nothing where only spaces and lines differ, and keeps every character', () => {
    const { before, after } = compare('One two.\n\nThree', 'One  two. Three');
    expect(before.every(({ changed }) => !changed)).toBe(true);
    expect(before.map(({ text }) => text).join('')).toBe('One two.\n\nThree');
    expect(after.map(({ text }) => text).join('')).toBe('One  two. Three');
  });

  it('joins neighbours into one mark', () => {
    expect(marked(compare('Sleeps two', 'Sleeps up to four people').after)).toBe(
      'Sleeps [up to four people]',
    );
  });

  it('knows words of other scripts', () => {
    expect(marked(compare('Тихий двор', 'Тихий сад').after)).toBe('Тихий [сад]');
    expect(marked(compare('', 'New')['after'])).toBe('[New]');
    expect(marked(compare('Old', '').before)).toBe('[Old]');
  });

  it('keeps the spaces at the start', () => {
    expect(
      compare('  x', '  x')
        .before.map(({ text }) => text)
        .join(''),
    ).toBe('  x');
  });

  it('gives up on what is too long to compare, and then marks it as a whole', () => {
    const long = (word: string) => Array.from({ length: 2100 }, (_, index) => `${word}${index}`).join(' ');
    const { before, after } = compare(`Start ${long('a')} end`, `Start ${long('b')} end`);
    expect(before.filter(({ changed }) => changed)).toHaveLength(1);
    expect(after[0]).toEqual({ text: 'Start ', changed: false });
  });
});
