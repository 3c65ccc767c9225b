import { anything, changed, type Search, staysHref, wider } from './state';
import { applied, withoutFilters } from './words';

/** A search that asks for less than another, and what it gave up, in words. */
export type Concession = { key: string; label: string; search: Search };

/** What could be looked for instead of a search that found nothing; the smallest concession first, the last gives up everything. */
export function concessions(search: Search): Concession[] {
  const list: Concession[] = [];
  const known = new Set([staysHref(changed(search, {}))]);
  const add = (key: string, label: string, less: Search) => {
    const address = staysHref(less);
    if (known.has(address)) return;
    known.add(address);
    list.push({ key, label, search: less });
  };
  const { place, bbox, q, checkIn, flexibleDays, guests = 1 } = search;
  const dateless = { checkIn: undefined, checkOut: undefined };
  const filters = applied(search);
  const [only] = filters;
  if (checkIn && flexibleDays < 3)
    add('flexible', 'Up to 3 days earlier or later', changed(search, { flexibleDays: 3 }));
  if (filters.length === 1 && only) add('filter', `Without “${only.label}”`, only.without);
  if (filters.length > 1) add('filters', 'Without filters', withoutFilters(search));
  if (bbox) {
    const area = { bbox: wider(bbox, 4), place: undefined, q: place ? undefined : q };
    add('area', 'In a wider area', changed(search, area));
  }
  if (checkIn) add('dates', 'For any dates', changed(search, dateless));
  if (guests > 2) add('guests', 'For 2 guests', changed(search, { guests: 2 }));
  if (q && !place) add('text', `Without “${q}”`, changed(search, { q: undefined }));
  if (checkIn) add('both', 'Without dates and filters', withoutFilters(changed(search, dateless)));
  if (place) add('place', `Everything in ${place}`, changed(anything, { place, bbox, q }));
  add('all', 'Every stay on Rentora', anything);
  return list;
}
