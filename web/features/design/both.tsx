import type { ReactNode } from 'react';

import styles from './design.module.css';

/** The theme that a sample is shown in; for names that must be different on one page. */
export type Theme = 'light' | 'dark';

/** A named part of the design, in both themes beside one another. */
export function Both({
  title,
  note,
  children,
}: {
  title: string;
  note?: string;
  children: (theme: Theme) => ReactNode;
}) {
  const id = title.toLowerCase().replace(/\W+/g, '-');
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>{title}</h2>
      {note && <p className={styles.note}>{note}</p>}
      <div className={styles.both}>
        {(['light', 'dark'] as const).map((theme) => (
          <div key={theme} className={styles.panel} data-scheme={theme}>
            {children(theme)}
          </div>
        ))}
      </div>
    </section>
  );
}
