import type { Photo, Variant } from '@/lib/api/types';

/** The widest variant of a photo in a format. */
export function largest(photo: Photo | undefined, format: string): Variant | undefined {
  return photo?.variants
    .filter((variant) => variant.format === format)
    .reduce<Variant | undefined>((best, one) => (best && best.width >= one.width ? best : one), undefined);
}

/** Where a step in the gallery leads: it goes round at the ends. */
export function turned(index: number, step: number, count: number): number {
  return count > 0 ? (((index + step) % count) + count) % count : 0;
}
