import type { Place } from '@/lib/api/types';

import { anything, changed, type Search } from './state';

/** "Lisbon, Portugal". */
export function placeName(place: Place): string {
  return place.kind === 'country' ? place.name : `${place.name}, ${place.country}`;
}

/** The search for a place; a region and a country have neighbours in their box, whom their name keeps out. */
export function searchOfPlace(place: Place, from: Search = anything): Search {
  return changed(from, {
    place: placeName(place),
    bbox: place.bbox,
    q: place.kind === 'city' ? undefined : place.name,
  });
}
