import { Zap } from 'lucide-react';
import Link from 'next/link';

import type { SearchHit } from '@/lib/api/types';
import { formatRange, plural } from '@/lib/dates';
import { paths } from '@/lib/paths';
import type { PictureSource } from '@/ui/picture';
import { LinkArriving } from '@/ui/stay/arriving';

import styles from './card.module.css';
import { Carousel } from './carousel';
import type { Search } from './state';
import { kindOf, priceOf, sizeOf } from './words';

/** The address of a hit, for the dates that fit and the people who come. */
export function hitHref(hit: SearchHit, search?: Search): string {
  const [stay] = hit.stays;
  return paths.listing(hit.id, {
    check_in: stay?.check_in,
    check_out: stay?.check_out,
    guests: search?.guests,
  });
}

/** A stay among others: what it looks like, what and where it is, what it costs. */
export function Card({
  hit,
  photos,
  search,
  sizes,
  first = false,
  level = 2,
}: {
  hit: SearchHit;
  photos: PictureSource[];
  search?: Search;
  sizes: string;
  /** Whether it stands at the top of the page. */
  first?: boolean;
  level?: 2 | 3;
}) {
  const Heading = `h${level}` as const;
  const price = priceOf(hit);
  const [stay, ...others] = hit.stays;
  const shifted = stay && search && (stay.check_in !== search.checkIn || stay.check_out !== search.checkOut);
  return (
    <article className={styles.card}>
      <Carousel photos={photos} title={hit.title} sizes={sizes} first={first} />
      <div className={styles.text}>
        <p className={styles.soft}>{kindOf(hit)}</p>
        <Heading className={styles.title}>
          <Link href={hitHref(hit, search)} prefetch={false} className={styles.link}>
            {hit.title}
            <LinkArriving of="listing" />
          </Link>
        </Heading>
        <p className={styles.soft}>{sizeOf(hit)}</p>
        {hit.booking_mode === 'instant' && (
          <p className={styles.instant}>
            <Zap size={14} aria-hidden="true" />
            Instant booking
          </p>
        )}
        {shifted && (
          <p className={styles.shifted}>
            {formatRange(stay.check_in, stay.check_out)}
            {others.length > 0 && (
              <span className={styles.soft}> and {plural(others.length, 'other start')}</span>
            )}
          </p>
        )}
        <p className={styles.price}>
          <strong className="numeric">{price.amount}</strong> {price.unit}
          <span className={styles.note}>{price.note}</span>
        </p>
      </div>
    </article>
  );
}
