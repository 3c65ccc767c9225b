'use client';

import { Images } from 'lucide-react';
import { lazy, type MouseEvent, Suspense, useState } from 'react';

import type { Photo } from '@/lib/api/types';
import { classes } from '@/ui/classes';
import { Picture } from '@/ui/picture';

import styles from './gallery.module.css';
import { largest } from './photos';

const Viewer = lazy(() => import('./viewer'));

const shown = 5;

/** The first five photos; a press on one opens all of them. Without JavaScript it opens the photo itself. */
export function Gallery({ photos, title }: { photos: Photo[]; title: string }) {
  const [at, open] = useState<number | null>(null);
  function press(event: MouseEvent, index: number) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open(index);
  }
  const few = photos.slice(0, shown);
  return (
    <div className={styles.gallery}>
      <div className={classes(styles.grid, few.length < shown && styles.few, few.length === 1 && styles.one)}>
        {few.map((photo, i) => (
          <a
            key={photo.upload_id}
            href={largest(photo, 'jpeg')?.url}
            className={styles.tile}
            onClick={(event) => press(event, i)}
            aria-label={`Photo ${i + 1} of ${photos.length}: ${photo.alt_text || photo.caption || title}`}
          >
            <Picture
              source={photo}
              alt=""
              first={i === 0}
              ratio="auto"
              className={styles.picture}
              sizes={
                i === 0
                  ? '(min-width: 48rem) min(50vw, 38rem), (min-width: 40rem) 100vw, 86vw'
                  : '(min-width: 48rem) min(25vw, 19rem), 100vw'
              }
            />
          </a>
        ))}
      </div>
      {photos.length > 1 && (
        <a href={largest(photos[0], 'jpeg')?.url} className={styles.all} onClick={(event) => press(event, 0)}>
          <Images size={18} aria-hidden="true" />
          All {photos.length} photos
        </a>
      )}
      {at !== null && (
        <Suspense fallback={<div className={styles.opening} role="status" aria-label="Opening the photos" />}>
          <Viewer photos={photos} first={at} title={title} onClose={() => open(null)} />
        </Suspense>
      )}
    </div>
  );
}
