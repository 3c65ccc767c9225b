import { preload } from 'react-dom';

import { blurImage } from './blur';
import { classes } from './classes';
import styles from './picture.module.css';

/** A photograph in several sizes and formats. */
export type PictureSource = {
  alt_text: string;
  width: number;
  height: number;
  blurhash: string;
  variants: { format: string; width: number; height: number; url: string }[];
};

function set(source: PictureSource, format: string): string {
  return source.variants
    .filter((variant) => variant.format === format)
    .sort((a, b) => a.width - b.width)
    .map(({ url, width }) => `${url} ${width}w`)
    .join(', ');
}

/**
 * A photograph in a frame of a fixed ratio, so that nothing moves when it comes; until then its blurred self is there. sizes is
 * that of <img>; first: the largest thing above the fold, fetched at once.
 */
export function Picture({
  source,
  sizes,
  ratio = '3 / 2',
  first = false,
  className,
  alt,
}: {
  source: PictureSource;
  sizes: string;
  ratio?: string;
  first?: boolean;
  className?: string;
  /** Where the photograph's own text would be said twice, ''. */
  alt?: string;
}) {
  const blur = blurImage(source.blurhash);
  const webp = set(source, 'webp');
  const jpeg = set(source, 'jpeg');
  const widest = [...source.variants].sort((a, b) => b.width - a.width);
  // The browser would find it below all that the head names; so the head names it first.
  if (first && webp)
    preload(webp.split(' ', 1)[0] ?? '', {
      as: 'image',
      type: 'image/webp',
      imageSrcSet: webp,
      imageSizes: sizes,
      fetchPriority: 'high',
    });
  const fallback = widest.find((variant) => variant.format === 'jpeg') ?? widest[0];
  return (
    <picture
      className={classes(styles.picture, className)}
      style={{ aspectRatio: ratio, backgroundImage: blur ? `url(${blur})` : undefined }}
    >
      {webp && jpeg && <source type="image/webp" srcSet={webp} sizes={sizes} />}
      <img
        src={fallback?.url}
        srcSet={jpeg || webp || undefined}
        sizes={sizes}
        alt={alt ?? source.alt_text}
        width={source.width}
        height={source.height}
        loading={first ? 'eager' : 'lazy'}
        fetchPriority={first ? 'high' : undefined}
        decoding={first ? 'sync' : 'async'}
      />
    </picture>
  );
}
