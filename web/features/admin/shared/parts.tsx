import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

import type { Failure } from '@/lib/api/failure';
import type { BookingStatus } from '@/lib/api/types';
import { bookingStatuses } from '@/lib/labels';
import { withQuery } from '@/lib/paths';
import { Badge } from '@/ui/badge';
import { Pages } from '@/ui/layout';
import { Notice } from '@/ui/notice';

import styles from './shared.module.css';
import { bookingTones } from './words';

/** Back to the list that a thing belongs to. */
export function Back({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={styles.back}>
      <ArrowLeft size={16} aria-hidden="true" />
      {children}
    </Link>
  );
}

/** How many a page of a list shows; said again whenever it changes. */
export function Count({ children }: { children: ReactNode }) {
  return (
    <p className={styles.count} role="status">
      {children}
    </p>
  );
}

/** A part of a page with its heading and, at its end, what leads on. */
export function Section({
  title,
  more,
  children,
}: {
  title: ReactNode;
  more?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {more}
      </div>
      {children}
    </section>
  );
}

/** A sentence where a short list is empty. */
export function Quiet({ children }: { children: ReactNode }) {
  return <p className={styles.quiet}>{children}</p>;
}

/** A part of a page that did not come, while the rest of it is useful. */
export function Missing({ what, failure }: { what: string; failure: Failure }) {
  return (
    <Notice tone="warning" title={`${what} cannot be shown right now.`}>
      {failure.message}
    </Notice>
  );
}

/** An identifier, to be copied. */
export function Mono({ children }: { children: ReactNode }) {
  return (
    <span className={styles.mono} dir="ltr">
      {children}
    </span>
  );
}

/** Lines of a program: a payload, a stack. */
export function Code({ label, children }: { label: string; children: string }) {
  return (
    <pre className={styles.code} tabIndex={0} role="region" aria-label={label}>
      {children}
    </pre>
  );
}

/** The state of a booking. */
export function BookingBadge({ status }: { status: BookingStatus }) {
  return <Badge tone={bookingTones[status]}>{bookingStatuses[status]}</Badge>;
}

/** To the pages before and after of a list whose filters stand in the address. */
export function ListPages({
  path,
  filters,
  page,
}: {
  path: string;
  filters: Record<string, string | undefined>;
  page: { next: string | null; prev: string | null } | undefined;
}) {
  const at = (cursor: string | null | undefined) => (cursor ? withQuery(path, { ...filters, cursor }) : null);
  return <Pages previous={at(page?.prev)} next={at(page?.next)} />;
}
