'use client';

import { SlidersHorizontal, X, Zap } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';

import type { Amenity, Facet, SearchSort } from '@/lib/api/types';
import { amenities, roomTypes, sorts } from '@/lib/labels';
import { paths } from '@/lib/paths';
import { Button, ButtonLink } from '@/ui/button';
import { classes } from '@/ui/classes';

import { counts, currencies } from './facets';
import styles from './filters.module.css';
import { byPrice, changed, queryOf, type Search, staysHref } from './state';
import { SearchLink, useStays } from './stays-context';
import { applied, withoutFilters } from './words';

const load = () => import('./filter-sheet');
const FilterSheet = dynamic(load, { ssr: false });

const quick: Amenity[] = ['wifi', 'kitchen', 'free_parking', 'pool', 'pets_allowed', 'air_conditioning'];

/** Filters above the results: all of them in a sheet, those that are set, the usual ones in one step, and the order. */
export function FilterBar({
  search: shown,
  facets,
  found,
}: {
  search: Search;
  facets: Facet[];
  found: number;
}) {
  const stays = useStays();
  const search = stays?.search ?? shown;
  const [open, setOpen] = useState(false);
  const set = applied(search);
  const money = currencies(facets, search.currency);
  const all = staysHref(changed(search, {}));
  return (
    <div className={styles.bar}>
      <div className={styles.chips} role="group" aria-label="Filters">
        <ButtonLink
          href={`${all}${all.includes('?') ? '&' : '?'}filters=all`}
          prefetch={false}
          size="small"
          role="button"
          aria-haspopup="dialog"
          className={styles.all}
          onPointerEnter={() => void load()}
          onFocus={() => void load()}
          onKeyDown={(event) => {
            if (event.key !== ' ') return;
            event.preventDefault();
            setOpen(true);
          }}
          onClick={(event) => {
            event.preventDefault();
            setOpen(true);
          }}
        >
          <SlidersHorizontal size={16} aria-hidden="true" />
          Filters
          {set.length > 0 && <span className={styles.number}>{set.length}</span>}
        </ButtonLink>
        {set.map(({ key, label, without }) => (
          <SearchLink
            key={key}
            to={without}
            className={classes(styles.chip, styles.on)}
            aria-label={`Remove filter ${label}`}
          >
            {label}
            <X size={14} aria-hidden="true" />
          </SearchLink>
        ))}
        {set.length > 1 && (
          <SearchLink to={withoutFilters(search)} className={styles.chip}>
            Clear all
          </SearchLink>
        )}
        {suggestions(search, facets).map(({ key, label, icon, next, count }) => (
          <SearchLink key={key} to={next} className={styles.chip} aria-label={`Only with ${label}: ${count}`}>
            {icon}
            {label}
            <small className={styles.count}>{count.toLocaleString('en')}</small>
          </SearchLink>
        ))}
      </div>
      <Order search={search} currency={search.currency ?? money[0]} />
      {open && (
        <FilterSheet
          search={search}
          outlook={{ found, facets }}
          money={money}
          onClose={() => setOpen(false)}
          onChoose={(next) => {
            setOpen(false);
            stays?.go(next);
          }}
        />
      )}
    </div>
  );
}

type Suggestion = { key: string; label: string; icon?: React.ReactNode; next: Search; count: number };

// The usual filters, where they would leave something and are not set yet.
function suggestions(search: Search, facets: Facet[]): Suggestion[] {
  const [rooms, modes, has] = ['room_type', 'booking_mode', 'amenities'].map((field) =>
    counts(facets, field),
  );
  const list: Suggestion[] = [];
  const add = (key: string, label: string, change: Partial<Search>, count = 0, icon?: React.ReactNode) => {
    if (count > 0) list.push({ key, label, icon, next: changed(search, change), count });
  };
  if (search.roomTypes.length === 0) {
    add('entire', roomTypes.entire_place, { roomTypes: ['entire_place'] }, rooms?.get('entire_place'));
  }
  if (!search.instant) {
    add(
      'instant',
      'Instant booking',
      { instant: true },
      modes?.get('instant'),
      <Zap size={14} aria-hidden="true" />,
    );
  }
  for (const one of quick) {
    if (search.amenities.includes(one)) continue;
    add(one, amenities[one], { amenities: [...search.amenities, one] }, has?.get(one));
  }
  return list;
}

function Order({ search, currency }: { search: Search; currency: string | undefined }) {
  const stays = useStays();
  const usable = (Object.keys(sorts) as SearchSort[]).filter(
    (sort) => (sort !== 'distance' || search.bbox) && (!byPrice(sort) || currency),
  );
  const name = (sort: SearchSort) =>
    byPrice(sort) && currency ? `${sorts[sort]} in ${currency}` : sorts[sort];
  const rest = Object.entries(queryOf(search)).filter(
    ([key, value]) => value !== undefined && !/^(sort|cursor|currency)$/.test(key),
  );
  return (
    <form method="get" action={paths.stays()} className={styles.order}>
      <label>
        <span className={styles.orderLabel}>Sort by</span>
        <select
          name="sort"
          value={search.sort}
          onChange={(event) => {
            const sort = usable.find((one) => one === event.target.value) ?? 'relevance';
            stays?.go(changed(search, { sort, currency: byPrice(sort) ? currency : search.currency }));
          }}
        >
          {usable.map((sort) => (
            <option key={sort} value={sort}>
              {name(sort)}
            </option>
          ))}
        </select>
      </label>
      <noscript>
        {rest.map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        {currency && <input type="hidden" name="currency" value={currency} />}
        <Button type="submit" size="small">
          Sort
        </Button>
      </noscript>
    </form>
  );
}
