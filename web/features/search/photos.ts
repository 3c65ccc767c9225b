import type { SearchHit } from '@/lib/api/types';
import type { PictureSource } from '@/ui/picture';

/** As many pixels as a card is ever wide, where each of its own is two of the screen's. */
const widest = 1100;
/** Photographs that are only asked for when somebody turns to them come in these sizes. */
const narrowest = 600;

type Variant = SearchHit['photos'][number]['variants'][number];

/**
 * The photographs of a stay without what a card does not need: twenty-four of them with every size of every photograph would be most of
 * what an answer to a filter weighs.
 */
export function cardPhotos(hit: SearchHit): PictureSource[] {
  return hit.photos.map(({ alt_text, width, height, blurhash, variants }, index) => ({
    alt_text: alt_text || hit.title,
    width,
    height,
    blurhash,
    variants: needed(variants, index === 0).map(({ format, width: wide, height: high, url }) => ({
      format,
      width: wide,
      height: high,
      url,
    })),
  }));
}

// A small photograph has no larger sizes: then all that it has.
function needed(variants: Variant[], first: boolean): Variant[] {
  const some = variants.filter(
    ({ format, width }) => width <= widest && (first || (format === 'webp' && width >= narrowest)),
  );
  return some.length > 0 ? some : variants;
}
