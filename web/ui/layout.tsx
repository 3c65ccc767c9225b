import Link from 'next/link';
import type { CSSProperties, ReactNode } from 'react';

import { ButtonLink } from './button';
import { classes } from './classes';
import styles from './layout.module.css';

/** The main part of a page, where "Skip to the content" leads. */
export function Page({
  width = 'page',
  children,
  className,
}: {
  width?: 'page' | 'narrow' | 'reading' | 'full';
  children: ReactNode;
  className?: string;
}) {
  return (
    <main
      id="content"
      tabIndex={-1}
      className={classes(styles.page, width !== 'page' && styles[width], className)}
    >
      {children}
    </main>
  );
}

/** The page's title, what it is about, and what can be done with it as a whole. */
export function PageHeader({
  title,
  lead,
  actions,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      <div>
        <h1>{title}</h1>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {actions && <Row>{actions}</Row>}
    </header>
  );
}

type Gap = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Things below one another; gap on the scale of spaces. */
export function Stack({
  gap = 4,
  children,
  className,
}: {
  gap?: Gap;
  children: ReactNode;
  className?: string;
}) {
  const style: CSSProperties = { gap: `var(--space-${gap})` };
  return (
    <div className={classes(styles.stack, className)} style={style}>
      {children}
    </div>
  );
}

/** Things beside one another, as long as there is room. */
export function Row({
  gap = 3,
  children,
  className,
}: {
  gap?: Gap;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div className={classes(styles.row, className)} style={{ gap: `var(--space-${gap})` }}>
      {children}
    </div>
  );
}

export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={classes(styles.card, className)}>{children}</div>;
}

/** Links to the sides of one thing. */
export function Tabs({
  label,
  items,
}: {
  label: string;
  items: { href: string; label: ReactNode; current: boolean }[];
}) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {items.map((item) => (
        <Link key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined}>
          {item.label}
        </Link>
      ))}
    </nav>
  );
}

/** To the page before and the one after of a list that is paged by cursors; nothing where there is only one. */
export function Pages({
  previous,
  next,
  waiting,
  label = 'Pages',
}: {
  previous?: string | null;
  next?: string | null;
  /** Inside of each link, for what is shown until its page is there. */
  waiting?: ReactNode;
  label?: string;
}) {
  if (!previous && !next) return null;
  return (
    <nav aria-label={label} className={styles.pages}>
      {previous && (
        <ButtonLink href={previous} rel="prev">
          Previous
          {waiting}
        </ButtonLink>
      )}
      {next && (
        <ButtonLink href={next} rel="next">
          Next
          {waiting}
        </ButtonLink>
      )}
    </nav>
  );
}

/** A table that scrolls by itself where it is wider than the page; give it a <caption>. Children: thead and tbody. */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{label}</caption>
        {children}
      </table>
    </div>
  );
}

/** Names and values. */
export function Facts({ items }: { items: [ReactNode, ReactNode][] }) {
  return (
    <dl className={styles.facts}>
      {items.map(([name, value], index) => (
        <div key={index} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
