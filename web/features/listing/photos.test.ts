import { expect, it } from 'vitest';

import type { Photo } from '@/lib/api/types';

import { largest, turned } from './photos';

const photo = {
  upload_id: 'x',
  caption: '',
  alt_text: '',
  width: 3,
  height: 2,
  blurhash: '',
  variants: [
    { name: 's', format: 'jpeg', width: 320, height: 213, url: '/s.jpg' },
    { name: 'l', format: 'jpeg', width: 1600, height: 1067, url: '/l.jpg' },
    { name: 'w', format: 'webp', width: 2000, height: 1333, url: '/w.webp' },
  ],
} as unknown as Photo;

it('finds the widest of a format', () => {
  expect(largest(photo, 'jpeg')?.url).toBe('/l.jpg');
  expect(largest(photo, 'avif')).toBeUndefined();
  expect(largest(undefined, 'jpeg')).toBeUndefined();
});

it('goes round', () => {
  expect(turned(0, -1, 5)).toBe(4);
  expect(turned(4, 1, 5)).toBe(0);
  expect(turned(0, 1, 0)).toBe(0);
});
