// Photographs as the contract shows them.
import { config } from "./config.js";

type Variant = { name: string; format: string; width: number; height: number; bytes: number; key: string };
export type Row = {
  uploadId: string;
  caption: string;
  altText: string;
  upload: { width: number | null; height: number | null; blurhash: string; variants: unknown };
};

const whole = () => true;

export const photoOf = (p: Row, fits: (v: Variant) => boolean = whole) => ({
  upload_id: p.uploadId,
  caption: p.caption,
  alt_text: p.altText,
  width: p.upload.width ?? 0,
  height: p.upload.height ?? 0,
  blurhash: p.upload.blurhash,
  variants: (p.upload.variants as Variant[]).filter(fits).map(({ key, ...v }) => ({ ...v, url: config.photoBase + key })),
});

// cardOf leaves out what a card in a list does not need.
export const cardOf = (p: Row) => photoOf(p, (v) => v.format === "webp" && v.name !== "large");

// coverOf is that for a trip, which names no upload.
export function coverOf(p: Row) {
  const { alt_text, blurhash, variants } = cardOf(p);
  return { alt_text, blurhash, variants };
}
