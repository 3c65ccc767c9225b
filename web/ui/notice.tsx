import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { classes } from './classes';
import styles from './notice.module.css';

const icons = { info: Info, good: CircleCheck, warning: TriangleAlert, bad: CircleAlert };

/**
 * Something to know, in its place on the page. A bad one is announced at once, others when nothing else is said; role "note" is for
 * what stands there from the beginning.
 */
export function Notice({
  tone = 'info',
  title,
  children,
  actions,
  role = tone === 'bad' ? 'alert' : 'status',
}: {
  tone?: keyof typeof icons;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status' | 'note';
}) {
  const Icon = icons[tone];
  return (
    <div className={classes(styles.notice, tone !== 'info' && styles[tone])} role={role}>
      <Icon size={20} aria-hidden="true" />
      <div className={styles.body}>
        {title && <p className={styles.title}>{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}

/** What stands where nothing is (yet), or where something failed: what happened, and what to do next. */
export function State({
  icon,
  title,
  children,
  actions,
  reference,
  level = 2,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Something to name to support, such as a request id. */
  reference?: string;
  level?: 1 | 2 | 3;
}) {
  const Heading = `h${level}` as const;
  return (
    <section className={styles.state}>
      {icon}
      <Heading>{title}</Heading>
      {children && <div>{typeof children === 'string' ? <p>{children}</p> : children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
      {reference && <p className={styles.small}>Reference: {reference}</p>}
    </section>
  );
}
