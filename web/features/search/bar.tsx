'use client';

import { Search as Glass } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';

import { paths } from '@/lib/paths';
import { classes } from '@/ui/classes';

import { SearchForm } from './search-form';
import { queryOf, type Search } from './state';
import styles from './stays.module.css';
import { useStays } from './stays-context';
import { whenAndWho } from './words';

/** The search above its results: the form where there is room, else its short form, which opens it. */
export function SearchBar({ search: shown }: { search: Search }) {
  const search = useStays()?.search ?? shown;
  const [open, setOpen] = useState(false);
  const where = search.place ?? search.q ?? (search.bbox ? 'This part of the map' : 'Everywhere');
  return (
    <div className={styles.search}>
      <Link
        className={styles.summary}
        // Where there is no JavaScript, the form is on the first page.
        href={`${paths.home()}?${new URLSearchParams(Object.entries(queryOf(search)).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString()}`}
        prefetch={false}
        role="button"
        aria-expanded={open}
        onClick={(event) => {
          event.preventDefault();
          setOpen(!open);
        }}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          setOpen(!open);
        }}
      >
        <Glass size={20} aria-hidden="true" />
        <span>
          <strong>{where}</strong>
          <span className={styles.summaryMore} suppressHydrationWarning>
            {whenAndWho(search) || 'Any dates · any number of guests'}
          </span>
        </span>
      </Link>
      <div className={classes(styles.form, open && styles.formOpen)}>
        <SearchForm search={search} look="bar" onSent={() => setOpen(false)} />
      </div>
    </div>
  );
}
