import { describe, expect, it } from 'vitest';

import { blurImage } from './blur';

type Bitmap = { width: number; height: number; at: (x: number, y: number) => [number, number, number] };

function read(address: string | null): Bitmap {
  const bytes = Buffer.from((address ?? '').replace('data:image/bmp;base64,', ''), 'base64');
  const [start, width, height] = [bytes.readUInt32LE(10), bytes.readInt32LE(18), -bytes.readInt32LE(22)];
  const stride = Math.ceil((width * 3) / 4) * 4;
  expect(bytes.toString('latin1', 0, 2)).toBe('BM');
  expect(bytes.readUInt32LE(2)).toBe(bytes.length);
  expect(bytes.length).toBe(start + stride * height);
  return {
    width,
    height,
    at(x, y) {
      const place = start + y * stride + x * 3;
      return [bytes.readUInt8(place + 2), bytes.readUInt8(place + 1), bytes.readUInt8(place)];
    },
  };
}

describe('blurImage', () => {
  it('draws one colour as that colour', () => {
    // One component: size 00, most 0, and the colour 0x1d6b52 = 1927 0x… in base 83.
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';
    let colour = 0x1d6b52;
    let text = '';
    for (let i = 0; i < 4; i++) {
      text = (digits[colour % 83] ?? '') + text;
      colour = Math.floor(colour / 83);
    }
    const image = read(blurImage(`00${text}`));
    expect([image.width, image.height]).toEqual([6, 4]);
    for (let y = 0; y < 4; y++)
      for (let x = 0; x < 6; x++) expect(image.at(x, y)).toEqual([0x1d, 0x6b, 0x52]);
  });

  it('draws the example of the format, bright above and dark below', () => {
    const image = read(blurImage('LEHV6nWB2yk8pyo0adR*.7kCMdnj', 8, 8));
    const sum = (y: number) =>
      [...Array(8).keys()].reduce((total, x) => total + image.at(x, y).reduce((a, b) => a + b), 0);
    expect(sum(0)).toBeGreaterThan(sum(7));
  });

  it.each(['', '0', 'LEHV6n', 'LEHV6nWB2yk8pyo0adR*.7kCMdnjX', '!abc', '00 bcd', '00ü000', '"00000'])(
    'draws nothing for %j',
    (hash) => expect(blurImage(hash)).toBeNull(),
  );

  it('is small enough to stand in a page', () => {
    expect((blurImage('LEHV6nWB2yk8pyo0adR*.7kCMdnj') ?? '').length).toBeLessThan(260);
  });
});
