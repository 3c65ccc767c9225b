import type { Facet } from '@/lib/api/types';

/** How many of the stays found have each value of a field. */
export function counts(facets: Facet[], field: string): Map<string, number> {
  const found = facets.find((facet) => facet.field === field);
  return new Map(found?.counts.map(({ value, count }) => [value, count]));
}

/** The currencies that stays found are priced in, the most frequent first; also is kept among them. */
export function currencies(facets: Facet[], also?: string): string[] {
  const all = [...counts(facets, 'currency')].sort(([, a], [, b]) => b - a).map(([currency]) => currency);
  return also && !all.includes(also) ? [also, ...all] : all;
}
