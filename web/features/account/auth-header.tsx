'use client';

import { type ReactNode, useEffect, useRef } from 'react';

import styles from './account.module.css';

/** The title of a page about signing in. focused: it took the place of another one, and is to be read out. */
export function AuthHeader({
  title,
  lead,
  focused = false,
}: {
  title: string;
  lead?: ReactNode;
  focused?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focused) heading.current?.focus();
  }, [focused, title]);
  return (
    <header className={styles.header}>
      <h1 ref={heading} tabIndex={focused ? -1 : undefined}>
        {title}
      </h1>
      {lead && <p className={styles.lead}>{lead}</p>}
    </header>
  );
}
