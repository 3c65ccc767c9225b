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
  const usual = usualFilters(search, shown, facets);
  const others = set.filter(({ key }) => usual.every((one) => one.key !== key));
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
          <span aria-hidden="true" className={set.length > 0 ? styles.number : styles.sign}>
            {set.length > 0 ? set.length : <SlidersHorizontal size={16} />}
          </span>
          Filters
          {set.length > 0 && <span className="visually-hidden">, {set.length} set</span>}
        </ButtonLink>
        {others.map(({ key, label, without }) => (
          <Chip key={key} label={label} to={without} on />
        ))}
        {usual.map(({ key, ...chip }) => (
          <Chip key={key} {...chip} />
        ))}
        {set.length > 1 && (
          <SearchLink to={withoutFilters(search)} className={styles.chip}>
            Clear all
          </SearchLink>
        )}
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

type ChipProps = {
  label: string;
  /** The search with it, or without it where it is on. */
  to: Search;
  on: boolean;
  /** How many stays it would leave. */
  count?: number;
  icon?: React.ReactNode;
};

function Chip({ label, to, on, count = 0, icon }: ChipProps) {
  return (
    <SearchLink to={to} className={classes(styles.chip, on && styles.on)}>
      {icon}
      <span>
        <span className="visually-hidden">{on ? 'Remove filter ' : 'Only with '}</span>
        {label}
      </span>
      {on ? (
        <X size={14} aria-hidden="true" />
      ) : (
        <>
          {' '}
          <small className={styles.count}>{count.toLocaleString('en')}</small>
        </>
      )}
    </SearchLink>
  );
}

// The usual filters, where they are set or would leave something. Each keeps its place and with it the focus when it is set, so that
// the next press takes it back; one that was just taken back does so until the new results are here.
function usualFilters(search: Search, shown: Search, facets: Facet[]): (ChipProps & { key: string })[] {
  const [rooms, modes, has] = ['room_type', 'booking_mode', 'amenities'].map((field) =>
    counts(facets, field),
  );
  const { roomTypes: kinds, instant, amenities: wanted } = search;
  const list: (ChipProps & { key: string })[] = [];
  const were = new Set(applied(shown).map(({ key }) => key));
  const add = (key: string, change: Partial<Search>, chip: Omit<ChipProps, 'to'>) => {
    if (chip.on || chip.count || were.has(key)) list.push({ key, to: changed(search, change), ...chip });
  };
  const entire = 'entire_place';
  if (kinds.length === 0 || kinds.includes(entire)) {
    const on = kinds.includes(entire);
    const label = roomTypes[entire];
    add(entire, { roomTypes: toggled(kinds, entire) }, { label, on, count: rooms?.get(entire) });
  }
  const icon = <Zap size={14} aria-hidden="true" />;
  const count = modes?.get('instant');
  add('instant', { instant: !instant }, { label: 'Instant booking', on: Boolean(instant), count, icon });
  for (const one of quick) {
    const on = wanted.includes(one);
    add(one, { amenities: toggled(wanted, one) }, { label: amenities[one], on, count: has?.get(one) });
  }
  return list;
}

function toggled<T>(list: T[], one: T): T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
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
