import { redirect } from 'next/navigation';

import { isFailure } from '@/lib/api/failure';
import { mapStyle } from '@/lib/map-style';
import { paths } from '@/lib/paths';
import { Page, Pages } from '@/ui/layout';
import { Notice } from '@/ui/notice';
import { LinkArriving } from '@/ui/stay/arriving';

import { SearchBar } from './bar';
import { Cards } from './cards';
import { FilterBar } from './filter-bar';
import { FilterPage } from './filter-page';
import { MapPane } from './map-pane';
import { Nothing } from './nothing';
import { type Found, findStays } from './queries';
import { parseSearch, type RawQuery, type Search, staysHref } from './state';
import { stayOf } from './stay';
import { FoundCount, StaysProvider } from './stays-context';
import styles from './stays.module.css';
import { titleOf, whenAndWho } from './words';

/** The results of a search, in a list and on the map. */
export async function Stays({ raw }: { raw: RawQuery }) {
  const { search, problem } = parseSearch(raw);
  const found = await findOrRefuse(search, raw);
  const result = found instanceof Error ? null : found;
  const stays = result?.hits.map((hit) => stayOf(hit, search)) ?? [];
  return (
    <Page width="full" className={styles.page}>
      <StaysProvider search={search} className={styles.stays}>
        <div className={styles.head}>
          <SearchBar search={search} />
          {result && <FilterBar search={search} facets={result.facets} found={result.found} />}
        </div>
        <div className={styles.split}>
          <section aria-labelledby="stays-title" className={styles.results}>
            <header className={styles.title}>
              <h1 id="stays-title">{titleOf(search)}</h1>
              <FoundCount found={result?.found ?? 0} className={styles.count} />
              {whenAndWho(search) && <p className={styles.count}>{whenAndWho(search)}</p>}
            </header>
            {problem && <Notice tone="warning">{problem}</Notice>}
            {found instanceof Error && <Notice tone="bad">{found.message}</Notice>}
            {raw.filters && result && <FilterPage search={search} facets={result.facets} />}
            {result?.hits.length === 0 && <Nothing search={search} />}
            <Cards stays={stays} />
            <Pages
              previous={pageHref(search, result?.previous)}
              next={pageHref(search, result?.next)}
              waiting={<LinkArriving of="results" />}
            />
          </section>
          <MapPane stays={stays} search={search} mapStyle={mapStyle()} />
        </div>
      </StaysProvider>
    </Page>
  );
}

function pageHref(search: Search, cursor: string | null | undefined): string | null {
  return cursor ? staysHref({ ...search, cursor }) : null;
}

// A cursor that belongs to another search leads to the first page; what else the API refuses, it says in a sentence.
async function findOrRefuse(search: Search, raw: RawQuery): Promise<Found | Error> {
  try {
    return await findStays(search);
  } catch (error) {
    if (!isFailure(error) || (error.status !== 400 && error.status !== 422)) throw error;
    if (search.cursor) redirect(withoutCursor(raw));
    return new Error(error.fieldErrors[0]?.message ?? error.message);
  }
}

// As it was asked for, so that what else is wrong with it is still said.
function withoutCursor(raw: RawQuery): string {
  const asked = Object.entries(raw).filter(([name]) => name !== 'cursor');
  return paths.stays(Object.fromEntries(asked.map(([name, value]) => [name, String(value ?? '')])));
}
