'use client';

import { useLinkStatus } from 'next/link';
import { createPortal } from 'react-dom';

import { Loading, Skeleton } from '../skeleton';
import styles from './arriving.module.css';

/** Which page is on its way. */
export type Arrival = 'results' | 'listing';

/**
 * Inside of a link: the shape of the page that it leads to, over the one that is still here, from the press on. Pages of visitors
 * have no loading.tsx, because what that streams is hidden where there are no scripts; without scripts the browser shows that it waits.
 */
export function LinkArriving({ of }: { of: Arrival }) {
  const { pending } = useLinkStatus();
  return <Arriving of={of} shown={pending} />;
}

/** The same for a way that is no link. */
export function Arriving({ of, shown }: { of: Arrival; shown: boolean }) {
  if (!shown) return null;
  return createPortal(
    // To React the cover is inside of the link: a press on it is none on the link.
    <div className={styles.cover} data-arriving={of} onClick={(event) => event.stopPropagation()}>
      <Loading label={of === 'results' ? 'Looking for stays…' : 'The place is loading…'}>
        {of === 'results' ? <Results /> : <Listing />}
      </Loading>
    </div>,
    document.body,
  );
}

function Results() {
  return (
    <div className={styles.results}>
      <div className={styles.search}>
        <Skeleton height="3.25rem" radius="var(--radius-m)" />
        <Skeleton width="min(28rem, 100%)" height="2.5rem" radius="var(--radius-full)" />
      </div>
      <div className={styles.split}>
        <div className={styles.lines}>
          <Skeleton width="11rem" height="1.65rem" />
          <Skeleton width="7rem" height="1.3rem" />
          <div className={styles.list}>
            {Array.from({ length: 6 }, (_, i) => (
              <div key={i} className={styles.lines}>
                <div className={styles.photo}>
                  <Skeleton height="100%" radius="var(--radius-l)" />
                </div>
                <Skeleton width="45%" height="1.3rem" />
                <Skeleton width="80%" height="1.35rem" />
                <Skeleton width="55%" height="1.3rem" />
              </div>
            ))}
          </div>
        </div>
        <div className={styles.map}>
          <Skeleton height="100%" radius="var(--radius-l)" />
        </div>
      </div>
    </div>
  );
}

function Listing() {
  return (
    <div className={styles.listing}>
      <Skeleton width="min(26rem, 90%)" height="2.4rem" />
      <Skeleton width="min(14rem, 60%)" height="1.5rem" />
      <div className={styles.gallery}>
        <Skeleton height="100%" radius="var(--radius-l)" />
      </div>
      <div className={styles.columns}>
        <div className={styles.lines}>
          <Skeleton width="60%" height="1.6rem" />
          <Skeleton width="45%" height="1.5rem" />
          <Skeleton height="7rem" />
        </div>
        <div className={styles.panel}>
          <Skeleton height="18rem" radius="var(--radius-l)" />
        </div>
      </div>
    </div>
  );
}
