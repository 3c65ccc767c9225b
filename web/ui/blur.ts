// A BlurHash (github.com/woltapp/blurhash, Algorithm.md) becomes a bitmap of a few pixels, small enough for a data: address; the
// browser smooths it when it is drawn larger. Without a canvas, so that it is there with the first bytes of a page.

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

function number(text: string): number {
  let value = 0;
  for (const character of text) value = value * 83 + digits.indexOf(character);
  return value;
}

function linear(value: number): number {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function gamma(value: number): number {
  const v = Math.max(0, Math.min(1, value));
  return Math.round((v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055) * 255);
}

// Every character is a digit, and there are no fewer of them than a hash of one colour has.
const form = /^[0-9A-Za-z#$%*+,\-.:;=?@[\]^_{|}~]{6,}$/;

function factors(hash: string): { across: number; down: number; colours: [number, number, number][] } | null {
  if (!form.test(hash)) return null;
  const size = number(hash.slice(0, 1));
  const across = (size % 9) + 1;
  const down = Math.floor(size / 9) + 1;
  if (hash.length !== 4 + 2 * across * down) return null;
  const most = (number(hash.slice(1, 2)) + 1) / 166;
  const dc = number(hash.slice(2, 6));
  const colours: [number, number, number][] = [[linear(dc >> 16), linear((dc >> 8) & 255), linear(dc & 255)]];
  for (let i = 1; i < across * down; i++) {
    const value = number(hash.slice(4 + i * 2, 6 + i * 2));
    const part = (v: number) => Math.sign(v - 9) * ((v - 9) / 9) ** 2 * most;
    colours.push([part(Math.floor(value / 361)), part(Math.floor(value / 19) % 19), part(value % 19)]);
  }
  return { across, down, colours };
}

/** A data: address of a tiny BMP of what a BlurHash describes; null when it describes nothing. */
export function blurImage(hash: string, width = 6, height = 4): string | null {
  const found = factors(hash);
  if (!found) return null;
  const { across, down, colours } = found;
  const stride = Math.ceil((width * 3) / 4) * 4;
  const bytes = new Uint8Array(54 + stride * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, -height, true); // rows from above
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [r, g, b] = [0, 0, 0];
      for (let j = 0; j < down; j++) {
        for (let i = 0; i < across; i++) {
          const basis =
            Math.cos((Math.PI * (x + 0.5) * i) / width) * Math.cos((Math.PI * (y + 0.5) * j) / height);
          const colour = colours[j * across + i];
          if (!colour) continue;
          r += colour[0] * basis;
          g += colour[1] * basis;
          b += colour[2] * basis;
        }
      }
      bytes.set([gamma(b), gamma(g), gamma(r)], 54 + y * stride + x * 3);
    }
  }
  return `data:image/bmp;base64,${btoa(String.fromCharCode(...bytes))}`;
}
