'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';

import type { Photo } from '@/lib/api/types';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Picture } from '@/ui/picture';

import styles from './verifications.module.css';

/** Photos, large, with their words; a click shows one as large as the window. */
export function Gallery({ photos }: { photos: Photo[] }) {
  const [shown, show] = useState<number | null>(null);
  if (photos.length === 0) return <p className={styles.soft}>There are no photos.</p>;
  return (
    <>
      <ol role="list" className={styles.gallery}>
        {photos.map((photo, index) => (
          <li key={photo.upload_id}>
            <figure>
              <button
                type="button"
                onClick={() => show(index)}
                aria-label={`Enlarge photo ${index + 1}: ${photo.alt_text}`}
              >
                <Picture
                  source={photo}
                  sizes={index === 0 ? '(min-width: 64rem) 56rem, 100vw' : '(min-width: 64rem) 28rem, 100vw'}
                  first={index === 0}
                  alt=""
                />
              </button>
              <figcaption>
                <span className="numeric">{index + 1}</span> {photo.caption || <em>No caption</em>}
                <span className={styles.soft}>For screen readers: {photo.alt_text || 'nothing'}</span>
              </figcaption>
            </figure>
          </li>
        ))}
      </ol>
      {shown !== null && <Large photos={photos} index={shown} onShow={show} onClose={() => show(null)} />}
    </>
  );
}

function Large({
  photos,
  index,
  onShow,
  onClose,
}: {
  photos: Photo[];
  index: number;
  onShow: (index: number) => void;
  onClose: () => void;
}) {
  const photo = photos[index];
  if (!photo) return null;
  const go = (by: number) => onShow((index + by + photos.length) % photos.length);
  return (
    <Dialog open shape="wide" onClose={onClose} title={`Photo ${index + 1} of ${photos.length}`}>
      <div
        className={styles.large}
        onKeyDown={(event) => {
          const forward =
            getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
          if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') go(event.key === forward ? 1 : -1);
        }}
      >
        <Picture
          source={photo}
          sizes="(min-width: 64rem) 58rem, 100vw"
          ratio={`${photo.width} / ${photo.height}`}
          first
        />
        <div className={styles.largeFoot}>
          <Button icon aria-label="Photo before" onClick={() => go(-1)}>
            <ChevronLeft size={20} aria-hidden="true" />
          </Button>
          <p aria-live="polite">
            {photo.caption || <em>No caption</em>}
            <span className={styles.soft}>
              {photo.width} × {photo.height} · {photo.alt_text}
            </span>
          </p>
          <Button icon aria-label="Next photo" onClick={() => go(1)} autoFocus>
            <ChevronRight size={20} aria-hidden="true" />
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
