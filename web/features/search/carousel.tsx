'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, useState } from 'react';

import { classes } from '@/ui/classes';
import { Picture, type PictureSource } from '@/ui/picture';

import styles from './card.module.css';
import { useHydrated } from '@/ui/hydrated';

/**
 * The photographs of a stay in its card. The first comes with the page; the others are not asked for before somebody points at
 * the card, reaches it by keyboard or touches it.
 */
export function Carousel({
  photos,
  title,
  sizes,
  first,
}: {
  photos: PictureSource[];
  title: string;
  sizes: string;
  first: boolean;
}) {
  const [awake, wake] = useState(false);
  const [at, setAt] = useState(0);
  const track = useRef<HTMLDivElement>(null);
  const hydrated = useHydrated();
  const shown = awake ? photos : photos.slice(0, 1);

  function turn(step: number) {
    wake(true);
    const to = Math.max(0, Math.min(photos.length - 1, at + step));
    setAt(to);
    // The others may have been put there by this very click.
    requestAnimationFrame(() => {
      const element = track.current;
      if (!element) return;
      const direction = getComputedStyle(element).direction === 'rtl' ? -1 : 1;
      element.scrollTo({ left: direction * to * element.clientWidth, behavior: 'smooth' });
    });
  }

  function settle() {
    const element = track.current;
    if (element?.clientWidth) setAt(Math.round(Math.abs(element.scrollLeft) / element.clientWidth));
  }

  return (
    <div
      className={styles.carousel}
      onPointerEnter={() => wake(true)}
      onTouchStart={() => wake(true)}
      onFocus={() => wake(true)}
    >
      <div
        ref={track}
        className={styles.track}
        data-live={hydrated || undefined}
        onScrollEnd={settle}
        onClick={follow}
      >
        {shown.map((photo, index) => (
          <Picture
            key={photo.variants[0]?.url ?? index}
            source={photo}
            sizes={sizes}
            ratio="4 / 3"
            first={first && index === 0}
            className={styles.slide}
          />
        ))}
        {photos.length === 0 && <div className={classes(styles.slide, styles.blank)} />}
      </div>
      {photos.length > 1 && (
        <>
          <button
            type="button"
            className={classes(styles.turn, styles.back)}
            aria-label={`Photo before, ${title}`}
            aria-disabled={at === 0 || undefined}
            onClick={() => turn(-1)}
          >
            <ChevronLeft size={18} aria-hidden="true" />
          </button>
          <button
            type="button"
            className={classes(styles.turn, styles.on)}
            aria-label={`Next photo, ${title}`}
            aria-disabled={at === photos.length - 1 || undefined}
            onClick={() => turn(1)}
          >
            <ChevronRight size={18} aria-hidden="true" />
          </button>
          <span className={styles.dots} aria-hidden="true">
            {photos.map((photo, index) => (
              <span key={photo.variants[0]?.url ?? index} data-on={index === at || undefined} />
            ))}
          </span>
        </>
      )}
    </div>
  );
}

// Where fingers swipe, the photographs lie above the card's link; a tap on them still follows it.
function follow(event: React.MouseEvent<HTMLElement>): void {
  event.currentTarget.closest('article')?.querySelector('a')?.click();
}
