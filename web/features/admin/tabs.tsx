'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

import { paths } from '@/lib/paths';
import { Tabs } from '@/ui/layout';

import styles from './shared/shared.module.css';

/** The rooms of the admin panel; the one that is open stands in sight on narrow screens, too. */
export function AdminTabs({ rooms }: { rooms: { href: string; label: string }[] }) {
  const path = usePathname();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const current = box.current?.querySelector<HTMLElement>('[aria-current]');
    current?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'instant' });
  }, [path]);
  return (
    <div ref={box} className={styles.tabs}>
      <Tabs
        label="Admin"
        items={rooms.map(({ href, label }) => ({ href, label, current: within(path, href) }))}
      />
    </div>
  );
}

function within(path: string, href: string): boolean {
  return path === href || (href !== paths.admin() && path.startsWith(`${href}/`));
}
