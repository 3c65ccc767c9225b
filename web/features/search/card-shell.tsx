'use client';

import type { ReactNode } from 'react';

import { activate, useIsActive } from './active';
import styles from './card.module.css';

/** The place of a card in the list: it and its pin on the map know when the other is pointed at. */
export function CardShell({ id, children }: { id: string; children: ReactNode }) {
  const active = useIsActive(id);
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
      {children}
    </li>
  );
}
