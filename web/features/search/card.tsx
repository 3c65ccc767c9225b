'use client';

import { Zap } from 'lucide-react';
import Link from 'next/link';

import { LinkArriving } from '@/ui/stay/arriving';

import { activate, useIsActive } from './active';
import styles from './card.module.css';
import { Carousel } from './carousel';
import type { Stay } from './stay';

/**
 * A stay in a list of others: what it looks like, what and where it is, what it costs. It and its pin on the map know when the other
 * is pointed at. In the browser, because two dozen of them come with each press on a filter: as data they come and are drawn sooner.
 */
export function Card({
  stay,
  sizes,
  first = false,
  level = 2,
}: {
  stay: Stay;
  /** That of the photographs, as in <img>. */
  sizes: string;
  /** Whether it stands at the top of the page. */
  first?: boolean;
  level?: 2 | 3;
}) {
  const { id, title, price } = stay;
  const active = useIsActive(id);
  const Heading = `h${level}` as const;
  return (
    <li
      id={`stay-${id}`}
      className={styles.shell}
      data-active={active || undefined}
      onPointerEnter={() => activate(id)}
      onPointerLeave={() => activate(null)}
      onFocus={() => activate(id)}
      onBlur={() => activate(null)}
    >
      <article className={styles.card}>
        <Carousel photos={stay.photos} title={title} sizes={sizes} first={first} />
        <div className={styles.text}>
          <p className={styles.soft}>{stay.kind}</p>
          <Heading className={styles.title}>
            <Link href={stay.href} prefetch={false} className={styles.link}>
              {title}
              <LinkArriving of="listing" />
            </Link>
          </Heading>
          <p className={styles.soft}>{stay.size}</p>
          {stay.instant && (
            <p className={styles.instant}>
              <Zap size={14} aria-hidden="true" />
              Instant booking
            </p>
          )}
          {stay.days && (
            <p className={styles.shifted}>
              {stay.days}
              {stay.others && <span className={styles.soft}> and {stay.others}</span>}
            </p>
          )}
          <p className={styles.price}>
            <strong className="numeric">{price.amount}</strong> {price.unit}
            <span className={styles.note}>{price.note}</span>
          </p>
        </div>
      </article>
    </li>
  );
}
