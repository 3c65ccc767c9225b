import { describe, expect, it } from 'vitest';

import { listedOf, moved, type Tile } from './shelf';
import { imageType } from './upload';

const list = ['a', 'b', 'c', 'd'].map((key) => ({ key }));
const keys = (of: { key: string }[]) => of.map((one) => one.key).join('');

describe('moving photos', () => {
  it('puts them before or after another, in their own order', () => {
    expect(keys(moved(list, ['d'], 'a', 'before'))).toBe('dabc');
    expect(keys(moved(list, ['a', 'c'], 'd', 'after'))).toBe('bdac');
    expect(keys(moved(list, ['a'], 'b', 'after'))).toBe('bacd');
  });

  it('changes nothing when the target moves too or is gone', () => {
    expect(keys(moved(list, ['a'], 'a', 'after'))).toBe('abcd');
    expect(keys(moved(list, ['a'], 'x', 'after'))).toBe('abcd');
  });
});

describe('photos of the listing', () => {
  it('are those whose bytes have arrived', () => {
    const tile = (key: string, state: Tile['state'], uploadId?: string): Tile => ({
      key,
      state,
      uploadId,
      caption: '',
      alt_text: '',
      progress: 0,
    });
    const tiles = [
      tile('1', 'ready', 'u1'),
      tile('2', 'sending'),
      tile('3', 'processing', 'u3'),
      tile('4', 'failed', 'u4'),
    ];
    expect(listedOf(tiles).map((photo) => photo.upload_id)).toEqual(['u1', 'u3']);
  });
});

describe('image types', () => {
  it('looks at the bytes, not at the name', () => {
    const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
    expect(imageType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
    expect(imageType(bytes('RIFF\x00\x00\x00\x00WEBPVP8 '))).toBe('image/webp');
    expect(imageType(bytes('\x89PNG\r\n\x1a\n'))).toBe('image/png');
    expect(imageType(bytes('GIF89a'))).toBeNull();
    expect(imageType(bytes('RIFF\x00\x00\x00\x00WAVE'))).toBeNull();
  });
});
