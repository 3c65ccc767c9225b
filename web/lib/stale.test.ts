import { describe, expect, it } from 'vitest';

import { isStale, loadAnew } from './stale';

describe('isStale', () => {
  it.each([
    [
      'a chunk, as the bundler of development says it',
      Object.assign(new Error('x'), { name: 'ChunkLoadError' }),
      true,
    ],
    [
      'a chunk, as that of production does',
      new Error('Failed to load chunk /_next/static/chunks/a.js from module 7'),
      true,
    ],
    ['a style sheet', new Error('Loading CSS chunk 12 failed.'), true],
    ['something else', new TypeError('Failed to fetch'), false],
  ])('knows %s', (_, error, stale) => expect(isStale(error)).toBe(stale));
});

describe('loadAnew', () => {
  it('does so once in a minute', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    };
    let loaded = 0;
    const at = (now: number) => loadAnew(storage, () => loaded++, now);
    expect([at(1_000_000), at(1_000_100), at(1_059_999), at(1_060_000)]).toEqual([true, false, false, true]);
    expect(loaded).toBe(2);
  });
});
