'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useTransition } from 'react';

import { withQuery } from '@/lib/paths';
import { Button } from '@/ui/button';

import styles from './shared.module.css';

/**
 * The filters of a list: a form that writes them into the address. A choice acts at once, what is typed with Enter or the button;
 * without scripts it is a plain form. values: what the address says, so that the fields follow "back".
 */
export function FilterForm({
  action,
  label,
  values,
  submit = 'Search',
  children,
}: {
  action: string;
  label: string;
  values: Record<string, string | undefined>;
  submit?: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [pending, start] = useTransition();
  const said = JSON.stringify(Object.entries(values).map(([name, value]) => [name, value ?? '']));
  const shown = useRef(said);

  useEffect(() => {
    if (shown.current === said) return; // what is typed before the page is ready stays
    shown.current = said;
    for (const [name, value] of JSON.parse(said) as [string, string][]) {
      const field = form.current?.elements.namedItem(name);
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
      if (field !== document.activeElement) field.value = value;
    }
  }, [said]);

  function go(how: 'push' | 'replace') {
    if (!form.current) return;
    const query: Record<string, string> = {};
    for (const [name, value] of new FormData(form.current)) {
      if (typeof value === 'string') query[name] = value.trim();
    }
    start(() => router[how](withQuery(action, query), { scroll: false }));
  }

  return (
    <search aria-label={label}>
      <form
        ref={form}
        action={action}
        method="get"
        className={styles.filters}
        onSubmit={(event) => {
          event.preventDefault();
          go('push');
        }}
        onChange={(event) => event.target instanceof HTMLSelectElement && go('replace')}
      >
        {children}
        <div className={styles.buttons}>
          <Button type="submit" pending={pending}>
            {submit}
          </Button>
          {Object.values(values).some(Boolean) && (
            <Link href={action} className={styles.clear} scroll={false}>
              Clear
            </Link>
          )}
        </div>
      </form>
    </search>
  );
}
