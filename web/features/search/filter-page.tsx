import type { Facet } from '@/lib/api/types';
import { paths } from '@/lib/paths';
import { Button, ButtonLink } from '@/ui/button';

import { currencies } from './facets';
import { FilterFields } from './filter-fields';
import styles from './filters.module.css';
import { queryOf, type Search, staysHref } from './state';
import { withoutFilters } from './words';

/** All filters in the page itself, where there is no JavaScript for the sheet. */
export function FilterPage({ search, facets }: { search: Search; facets: Facet[] }) {
  const rest = Object.entries(queryOf(withoutFilters(search))).filter(([, value]) => value !== undefined);
  return (
    <form action={paths.stays()} method="get" className={styles.page} aria-label="Filters">
      {rest.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FilterFields search={search} facets={facets} money={currencies(facets, search.currency)} />
      <div className={styles.actions}>
        <ButtonLink href={staysHref(withoutFilters(search))}>Clear all</ButtonLink>
        <Button type="submit" variant="primary">
          Show stays
        </Button>
      </div>
    </form>
  );
}
