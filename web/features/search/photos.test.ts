import { describe, expect, it } from 'vitest';

import type { SearchHit } from '@/lib/api/types';

import { cardPhotos } from './photos';

const variants = (...widths: number[]) =>
  ['webp', 'jpeg'].flatMap((format) =>
    widths.map((width) => ({
      name: 'small',
      format,
      width,
      height: width,
      bytes: 1,
      url: `https://files.example/${width}.${format}`,
    })),
  );
const hit = (...photos: number[][]) =>
  ({
    title: 'A stay',
    photos: photos.map((widths) => ({
      upload_id: 'u',
      caption: '',
      alt_text: '',
      width: 1,
      height: 1,
      blurhash: '',
      variants: variants(...widths),
    })),
  }) as unknown as SearchHit;
const sizes = (stay: SearchHit) =>
  cardPhotos(stay).map((photo) => photo.variants.map(({ format, width }) => `${width} ${format}`).join(', '));

describe('cardPhotos', () => {
  it('has the first photograph in all sizes that a card may need, the others in few', () =>
    expect(sizes(hit([320, 640, 1024, 1600], [320, 640, 1024, 1600]))).toEqual([
      '320 webp, 640 webp, 1024 webp, 320 jpeg, 640 jpeg, 1024 jpeg',
      '640 webp, 1024 webp',
    ]));

  it('takes what there is of a photograph that is small, or large alone', () =>
    expect(sizes(hit([1600], [320]))).toEqual(['1600 webp, 1600 jpeg', '320 webp, 320 jpeg']));

  it('calls a photograph without words of its own by the stay', () =>
    expect(cardPhotos(hit([320]))[0]?.alt_text).toBe('A stay'));
});
