'use client';

import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

import type { Photo } from '@/lib/api/types';
import { Picture } from '@/ui/picture';

import { turned } from './photos';
import styles from './viewer.module.css';

/**
 * All photos, one at a time over the whole screen: by arrow keys, Home and End, by the buttons, or by swiping, which is the browser's
 * own scrolling from one photo to the next.
 */
export default function Viewer({
  photos,
  first,
  title,
  onClose,
}: {
  photos: Photo[];
  first: number;
  title: string;
  onClose: () => void;
}) {
  return (
    <ModalOverlay isOpen onOpenChange={(now) => !now && onClose()} className={styles.overlay}>
      <Modal className={styles.modal}>
        <Dialog className={styles.dialog} aria-label={`Photos of ${title}`}>
          <Slides photos={photos} first={first} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Slides({ photos, first, onClose }: { photos: Photo[]; first: number; onClose: () => void }) {
  const [at, go] = useState(first);
  const track = useRef<HTMLDivElement>(null);
  const begun = useRef(false);
  const count = photos.length;
  const photo = photos[at];

  function show(index: number) {
    go(index);
    slide(index, 'smooth');
  }

  function slide(index: number, behavior: ScrollBehavior) {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    track.current?.children[index]?.scrollIntoView({
      behavior: still ? 'instant' : behavior,
      block: 'nearest',
      inline: 'center',
    });
  }

  useEffect(() => {
    if (!track.current) return undefined;
    if (!begun.current) {
      begun.current = true;
      track.current.children[first]?.scrollIntoView({
        behavior: 'instant',
        block: 'nearest',
        inline: 'center',
      });
    }
    const slides = [...track.current.children];
    const observer = new IntersectionObserver(
      (entries) => {
        const most = entries.find((entry) => entry.isIntersecting);
        if (most) go(slides.indexOf(most.target));
      },
      { root: track.current, threshold: 0.6 },
    );
    for (const one of slides) observer.observe(one);
    return () => observer.disconnect();
  }, [first]);

  function press(event: KeyboardEvent) {
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? count - 1
          : event.key === 'ArrowLeft' || event.key === 'ArrowRight'
            ? turned(at, event.key === forward ? 1 : -1, count)
            : null;
    if (to === null) return;
    event.preventDefault();
    show(to);
  }

  return (
    <div className={styles.viewer} onKeyDown={press} role="group" aria-label="Photos">
      <header className={styles.head}>
        <span className={styles.counter}>
          {at + 1} / {count}
        </span>
        <button
          type="button"
          className={styles.button}
          aria-label="Close the photos"
          onClick={onClose}
          autoFocus
        >
          <X size={22} aria-hidden="true" />
        </button>
      </header>
      <div ref={track} className={styles.track} tabIndex={0} role="group" aria-label="Photos in a row">
        {photos.map((one, i) => (
          <figure key={one.upload_id} className={styles.slide} aria-hidden={i !== at || undefined}>
            <div className={styles.frame} style={{ '--ratio': one.width / one.height } as CSSProperties}>
              <Picture
                source={one}
                sizes="100vw"
                ratio={`${one.width} / ${one.height}`}
                first={i === first}
              />
            </div>
          </figure>
        ))}
      </div>
      <button
        type="button"
        className={styles.back}
        aria-label="Previous photo"
        onClick={() => show(turned(at, -1, count))}
      >
        <ChevronLeft size={26} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={styles.next}
        aria-label="Next photo"
        onClick={() => show(turned(at, 1, count))}
      >
        <ChevronRight size={26} aria-hidden="true" />
      </button>
      <p className={styles.caption}>{photo?.caption}</p>
      <p role="status" className="visually-hidden">
        Photo {at + 1} of {count}
        {photo && `: ${photo.alt_text || photo.caption}`}
      </p>
    </div>
  );
}
