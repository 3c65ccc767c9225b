import 'server-only';

import { isFailure, open } from '@/lib/api/failure';
import { publicAPI } from '@/lib/api/server';
import type { Photo, Place, SearchHit, SearchResult } from '@/lib/api/types';

import { searchOfPlace } from './place-name';
import { concessions } from './concessions';
import { anything, apiQuery, type Search } from './state';

/** How many hits a page of results has. */
export const pageSize = 24;

export type Found = SearchResult & { next: string | null; previous: string | null };

/** A page of what a search finds. */
export async function findStays(search: Search, limit = pageSize): Promise<Found> {
  const api = await publicAPI();
  const { data, page } = await open(
    api.GET('/search/listings', { params: { query: apiQuery(search, limit) } }),
  );
  return { ...data, next: page?.next ?? null, previous: page?.prev ?? null };
}

/** A place with a stay there and the photograph that shows it. */
export type PicturedPlace = { place: Place; hit: SearchHit; photo: Photo };

/** Where people can stay, the cities with the most stays first, each with a photograph from there; no two show the same. */
export async function popularPlaces(most: number): Promise<PicturedPlace[]> {
  const places = await nothingIfFailed(async () => {
    const { data } = await open(
      (await publicAPI()).GET('/search/places', { params: { query: { limit: 20 } } }),
    );
    return data;
  });
  // Where there are few cities, countries join them; not those whose only city is there already.
  const cities = (places ?? []).filter(({ kind }) => kind === 'city');
  const boxes = new Set(cities.map(({ bbox }) => bbox));
  const countries = (places ?? []).filter(({ kind, bbox }) => kind === 'country' && !boxes.has(bbox));
  const chosen = [...cities, ...countries].slice(0, most);
  const found = await Promise.all(
    chosen.map((place) => nothingIfFailed(() => findStays(searchOfPlace(place), 8))),
  );
  const seen = new Set<string>();
  return chosen.flatMap((place, index) => {
    const shots = (found[index]?.hits ?? []).flatMap((hit) =>
      hit.photos.slice(0, 2).map((photo) => ({ place, hit, photo })),
    );
    const shot = shots.find(({ photo }) => !seen.has(photo.blurhash)) ?? shots[0];
    if (!shot) return [];
    seen.add(shot.photo.blurhash);
    return [shot];
  });
}

/** The newest places that have a photograph; null when they cannot be had right now. */
export async function newestStays(most: number): Promise<SearchHit[] | null> {
  const found = await nothingIfFailed(() => findStays({ ...anything, sort: 'newest' }, most + 4));
  return found && found.hits.filter(({ photos }) => photos.length > 0).slice(0, most);
}

/** A search that asks for less, what it gave up, and what it finds. */
export type Relaxed = {
  key: string;
  label: string;
  search: Search;
  found: number;
  hit: SearchHit | undefined;
};

/** How many of them are offered at once. */
const mostOffers = 5;

/** The nearest searches that find something, when one found nothing; the smallest concession first. */
export async function relaxed(search: Search): Promise<Relaxed[]> {
  const tried = await Promise.all(
    concessions(search).map(async ({ key, label, search: less }) => {
      const found = await nothingIfFailed(() => findStays(less, 1));
      return { key, label, search: less, found: found?.found ?? 0, hit: found?.hits[0] };
    }),
  );
  return tried.filter(({ found }) => found > 0).slice(0, mostOffers);
}

// A part without which the page is still of use.
async function nothingIfFailed<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}
