import type { SearchHit } from '@/lib/api/types';
import { formatRange, plural } from '@/lib/dates';
import { amenities, propertyTypes, roomTypes } from '@/lib/labels';
import { roundMoney, formatMoney, minorUnits } from '@/lib/money';

import { byPrice, changed, type Search } from './state';

/** What a page of results is called. */
export function titleOf(search: Search): string {
  if (search.place) return `Stays in ${search.place}`;
  if (search.q) return `Stays for “${search.q}”`;
  return search.bbox ? 'Stays in this part of the map' : 'Stays everywhere';
}

/** When and for how many, in a line; empty when neither is settled. */
export function whenAndWho(search: Search): string {
  const dates = search.checkIn && search.checkOut ? formatRange(search.checkIn, search.checkOut) : null;
  const days = search.flexibleDays > 0 ? `±${plural(search.flexibleDays, 'day')}` : null;
  const guests = search.guests ? plural(search.guests, 'guest') : null;
  return [dates, days, guests].filter(Boolean).join(' · ');
}

export function stays(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'stay' : 'stays'}`;
}

/** A filter that is set: its words, and the search without it. */
export type Applied = { key: string; label: string; without: Search };

/** The filters of a search; where, when and for how many are none. */
export function applied(search: Search): Applied[] {
  const list: Applied[] = [];
  const add = (key: string, label: string, change: Partial<Search>) =>
    list.push({ key, label, without: changed(search, change) });
  const prices = priceWords(search);
  if (prices) add('price', prices, { priceMin: undefined, priceMax: undefined });
  else if (search.currency && byPrice(search.sort))
    add('currency', `Priced in ${search.currency}`, { sort: 'relevance' });
  for (const one of search.roomTypes) {
    add(one, roomTypes[one], { roomTypes: search.roomTypes.filter((other) => other !== one) });
  }
  for (const one of search.propertyTypes) {
    add(one, propertyTypes[one], { propertyTypes: search.propertyTypes.filter((other) => other !== one) });
  }
  if (search.bedrooms) add('bedrooms', `${search.bedrooms}+ bedrooms`, { bedrooms: undefined });
  if (search.beds) add('beds', `${search.beds}+ beds`, { beds: undefined });
  if (search.bathrooms) add('bathrooms', `${search.bathrooms}+ bathrooms`, { bathrooms: undefined });
  if (search.instant) add('instant', 'Instant booking', { instant: false });
  for (const one of search.amenities) {
    add(one, amenities[one], { amenities: search.amenities.filter((other) => other !== one) });
  }
  return list;
}

/** The search without any filter. */
export function withoutFilters(search: Search): Search {
  return changed(search, {
    priceMin: undefined,
    priceMax: undefined,
    sort: byPrice(search.sort) ? 'relevance' : search.sort,
    propertyTypes: [],
    roomTypes: [],
    amenities: [],
    bedrooms: undefined,
    beds: undefined,
    bathrooms: undefined,
    instant: false,
  });
}

function priceWords({ priceMin, priceMax, currency }: Search): string | null {
  if (!currency || (priceMin === undefined && priceMax === undefined)) return null;
  const money = (units: number) => roundMoney({ minor: units * minorUnits(currency), currency });
  if (priceMin === undefined) return `Up to ${money(priceMax ?? 0)} a night`;
  if (priceMax === undefined) return `From ${money(priceMin)} a night`;
  return `${money(priceMin)} – ${money(priceMax)} a night`;
}

/** What a hit costs: the amount that counts, what it is for, and what else to know about it. */
export function priceOf({ price }: SearchHit): { amount: string; unit: string; note: string } {
  if (price.label === 'stay_average' && price.total) {
    const nights = price.nights ?? 1;
    return {
      amount: formatMoney(price.total),
      unit: `for ${plural(nights, 'night')}`,
      note: `${roundMoney(price.nightly)} a night on average. The total has all fees and taxes.`,
    };
  }
  return { amount: formatMoney(price.nightly), unit: 'a night', note: 'Base price; dates show the total.' };
}

/** What stands on a hit's pin. */
export function pinLabel({ price }: SearchHit): string {
  return roundMoney(price.label === 'stay_average' && price.total ? price.total : price.nightly);
}

/** "4 guests · 2 bedrooms · 3 beds · 1 bathroom". */
export function sizeOf(hit: SearchHit): string {
  const bedrooms = hit.bedrooms > 0 ? plural(hit.bedrooms, 'bedroom') : null;
  const parts = [
    plural(hit.max_guests, 'guest'),
    bedrooms,
    plural(hit.beds, 'bed'),
    plural(hit.bathrooms, 'bathroom'),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** "Apartment in Lisbon", "Private room · House in Porto". */
export function kindOf(hit: SearchHit): string {
  const kind = `${propertyTypes[hit.property_type]} in ${hit.city}`;
  return hit.room_type === 'entire_place' ? kind : `${roomTypes[hit.room_type]} · ${kind}`;
}
