import { expect, it } from 'vitest';

import { program } from './program';

it('names browsers and systems', () => {
  expect(program('Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0')).toBe(
    'Firefox on Linux',
  );
  const chrome =
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36';
  expect(program(chrome)).toBe('Chrome on Android');
  expect(program(`${chrome} EdgA/126.0`)).toBe('Edge on Android');
  const safari =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Mobile Safari/604.1';
  expect(program(safari)).toBe('Safari on iOS');
});

it('shows what it does not know', () => {
  expect(program('')).toBe('Unnamed program');
  expect(program('curl/8.5.0')).toBe('curl/8.5.0');
  expect(program('x'.repeat(200))).toHaveLength(60);
});
