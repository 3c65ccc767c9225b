import { api } from '@/lib/api/browser';
import { dataOf } from '@/lib/api/failure';
import type { Place } from '@/lib/api/types';

/** Places for what was typed so far; without anything those with the most stays. */
export function suggest(text: string, signal: AbortSignal): Promise<Place[]> {
  const query = { q: text.trim() || undefined, limit: 7 };
  return dataOf(api.GET('/search/places', { params: { query }, signal }));
}
