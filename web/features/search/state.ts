import type { Amenity, PropertyType, RoomType, SearchQuery, SearchSort } from '@/lib/api/types';
import { type CalendarDate, isDate, nightsBetween, today } from '@/lib/dates';
import { amenities, propertyTypes, roomTypes, sorts } from '@/lib/labels';
import { minorUnits } from '@/lib/money';
import { paths } from '@/lib/paths';

/** What somebody looks for. It lives in the address: parseSearch reads it from there, staysHref writes it. */
export type Search = {
  /** Free text; with a place, what narrows its box down to it. */
  q?: string;
  /** The chosen place in words; its box is in bbox. */
  place?: string;
  /** South, west, north, east in degrees, as the API has it. */
  bbox?: string;
  checkIn?: CalendarDate;
  checkOut?: CalendarDate;
  flexibleDays: number;
  guests?: number;
  /** Whole units of currency a night. */
  priceMin?: number;
  priceMax?: number;
  currency?: string;
  propertyTypes: PropertyType[];
  roomTypes: RoomType[];
  amenities: Amenity[];
  bedrooms?: number;
  beds?: number;
  bathrooms?: number;
  instant: boolean;
  sort: SearchSort;
  cursor?: string;
};

/** The parameters of an address, as Next gives them. */
export type RawQuery = Record<string, string | string[] | undefined>;

export const anything: Search = {
  flexibleDays: 0,
  propertyTypes: [],
  roomTypes: [],
  amenities: [],
  instant: false,
  sort: 'relevance',
};

export const mostGuests = 50;
const mostNights = 499;
const mostOfAList = 20;

/** The day it is where it is still earliest: what is past there is past everywhere. */
export function earliestDay(now = new Date()): CalendarDate {
  return today('Etc/GMT+12', now);
}

/** Reads an address. What cannot be meant is left out; problem says so, in a sentence, where somebody should know. */
export function parseSearch(raw: RawQuery, now = new Date()): { search: Search; problem: string | null } {
  const dates = parseDates(one(raw, 'check_in'), one(raw, 'check_out'), earliestDay(now));
  const bbox = parseBox(one(raw, 'bbox'));
  const money = parsePrices(raw);
  const place = bbox ? text(raw, 'place', 120) : undefined;
  const sort = member(one(raw, 'sort'), sorts) ?? 'relevance';
  const search: Search = {
    q: text(raw, 'q', 200),
    place,
    bbox,
    checkIn: dates.checkIn,
    checkOut: dates.checkOut,
    flexibleDays: dates.checkIn ? (whole(one(raw, 'flexible_days'), 0, 3) ?? 0) : 0,
    guests: whole(one(raw, 'guests'), 1, mostGuests),
    ...money,
    propertyTypes: members(raw, 'property_type', propertyTypes),
    roomTypes: members(raw, 'room_type', roomTypes),
    amenities: members(raw, 'amenities', amenities),
    bedrooms: whole(one(raw, 'bedrooms_min'), 1, 50),
    beds: whole(one(raw, 'beds_min'), 1, 100),
    bathrooms: whole(one(raw, 'bathrooms_min'), 1, 50),
    instant: one(raw, 'booking_mode') === 'instant',
    sort: (sort === 'distance' && !bbox) || (byPrice(sort) && !money.currency) ? 'relevance' : sort,
    cursor: text(raw, 'cursor', 500),
  };
  // A currency alone would hide all places that are priced in another one, for nothing.
  if (search.priceMin === undefined && search.priceMax === undefined && !byPrice(search.sort))
    search.currency = undefined;
  return { search, problem: dates.problem };
}

/** The parameters of the address of a search, in an order of their own, so that one search has one address. */
export function queryOf(search: Search): Record<string, string | number | undefined> {
  const list = (values: string[]) => (values.length > 0 ? [...values].sort().join(',') : undefined);
  return {
    q: search.q,
    place: search.place,
    bbox: search.bbox,
    check_in: search.checkIn,
    check_out: search.checkOut,
    flexible_days: search.flexibleDays || undefined,
    guests: search.guests,
    price_min: search.priceMin,
    price_max: search.priceMax,
    currency: search.currency,
    property_type: list(search.propertyTypes),
    room_type: list(search.roomTypes),
    amenities: list(search.amenities),
    bedrooms_min: search.bedrooms,
    beds_min: search.beds,
    bathrooms_min: search.bathrooms,
    booking_mode: search.instant ? 'instant' : undefined,
    sort: search.sort === 'relevance' ? undefined : search.sort,
    cursor: search.cursor,
  };
}

/** The address of a search. */
export function staysHref(search: Search): string {
  return paths.stays(queryOf(search)).replaceAll('%2C', ',');
}

/** What the API is asked for it. */
export function apiQuery(search: Search, limit?: number): SearchQuery {
  const { currency } = search;
  const minor = (units?: number) =>
    units === undefined || !currency ? undefined : units * minorUnits(currency);
  const some = <T>(values: T[]) => (values.length > 0 ? values : undefined);
  const [south, west, north, east] = search.bbox?.split(',').map(Number) ?? [];
  return {
    q: search.q,
    bbox: search.bbox,
    // The nearest to the middle of what is looked at.
    ...(search.sort === 'distance' &&
    south !== undefined &&
    west !== undefined &&
    north !== undefined &&
    east !== undefined
      ? { lat: (south + north) / 2, lng: middle(west, east) }
      : {}),
    check_in: search.checkIn,
    check_out: search.checkOut,
    flexible_days: search.flexibleDays || undefined,
    guests: search.guests,
    price_min: minor(search.priceMin),
    price_max: minor(search.priceMax),
    currency,
    property_type: some(search.propertyTypes),
    room_type: some(search.roomTypes),
    amenities: some(search.amenities),
    bedrooms_min: search.bedrooms,
    beds_min: search.beds,
    bathrooms_min: search.bathrooms,
    booking_mode: search.instant ? 'instant' : undefined,
    sort: search.sort === 'relevance' ? undefined : search.sort,
    cursor: search.cursor,
    limit,
  };
}

/** The search with something changed, from its first page. */
export function changed(search: Search, change: Partial<Search>): Search {
  const next = { ...search, cursor: undefined, ...change };
  if (!next.checkIn || !next.checkOut)
    Object.assign(next, { checkIn: undefined, checkOut: undefined, flexibleDays: 0 });
  if (next.sort === 'distance' && !next.bbox) next.sort = 'relevance';
  if (next.priceMin === undefined && next.priceMax === undefined && !byPrice(next.sort))
    next.currency = undefined;
  return next;
}

/** The search in another part of the map. A chosen place is given up, and with it the text that belonged to it. */
export function movedTo(
  search: Search,
  bounds: readonly [west: number, south: number, east: number, north: number],
): Search {
  const [west, south, east, north] = bounds.map((degrees) => Number(degrees.toFixed(4)));
  const q = search.place ? undefined : search.q;
  return changed(search, { place: undefined, q, bbox: [south, west, north, east].join(',') });
}

/** The box as the map wants it: west, south, east, north. */
export function boundsOf(bbox: string): [number, number, number, number] {
  const [south = 0, west = 0, north = 0, east = 0] = bbox.split(',').map(Number);
  return [west, south, east, north];
}

/** A box around the same middle, so many times as wide and as high. */
export function wider(bbox: string, times: number): string {
  const [west, south, east, north] = boundsOf(bbox);
  const width = Math.max(0.05, west > east ? east + 360 - west : east - west) * times;
  const height = Math.max(0.05, north - south) * times;
  const [lng, lat] = [middle(west, east), (south + north) / 2];
  if (width >= 360)
    return [Math.max(-85, lat - height / 2), -180, Math.min(85, lat + height / 2), 180].join(',');
  const box = [
    Math.max(-85, lat - height / 2),
    turned(lng - width / 2),
    Math.min(85, lat + height / 2),
    turned(lng + width / 2),
  ];
  return box.map((degrees) => Number(degrees.toFixed(4))).join(',');
}

export function byPrice(sort: SearchSort): boolean {
  return sort === 'price_asc' || sort === 'price_desc';
}

function turned(lng: number): number {
  return lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng;
}

function middle(west: number, east: number): number {
  return west <= east ? (west + east) / 2 : turned((west + east + 360) / 2);
}

function one(raw: RawQuery, name: string): string | undefined {
  const value = raw[name];
  return (Array.isArray(value) ? value[0] : value)?.trim() || undefined;
}

function text(raw: RawQuery, name: string, most: number): string | undefined {
  return one(raw, name)?.slice(0, most);
}

function whole(value: string | undefined, least: number, most: number): number | undefined {
  if (!value || !/^\d{1,12}$/.test(value)) return undefined;
  const number = Number(value);
  return number >= least ? Math.min(number, most) : undefined;
}

function member<T extends string>(value: string | undefined, of: Record<T, string>): T | undefined {
  return value !== undefined && Object.hasOwn(of, value) ? (value as T) : undefined;
}

// Both a,b and a=…&a=…, as forms without JavaScript send it.
function members<T extends string>(raw: RawQuery, name: string, of: Record<T, string>): T[] {
  const value = raw[name];
  const all = (Array.isArray(value) ? value : [value ?? '']).flatMap((part) => part.split(','));
  const known = all.map((part) => member(part.trim(), of)).filter((part) => part !== undefined);
  return [...new Set(known)].slice(0, mostOfAList);
}

function parseBox(value: string | undefined): string | undefined {
  if (!value || !/^-?[0-9.]+(,-?[0-9.]+){3}$/.test(value) || value.length > 120) return undefined;
  const [south = NaN, west = NaN, north = NaN, east = NaN] = value.split(',').map(Number);
  const within = (degrees: number, most: number) => Math.abs(degrees) <= most;
  const proper =
    south < north && within(south, 90) && within(north, 90) && within(west, 180) && within(east, 180);
  return proper ? value : undefined;
}

type Dates = { checkIn?: CalendarDate; checkOut?: CalendarDate; problem: string | null };

function parseDates(from: string | undefined, to: string | undefined, earliest: CalendarDate): Dates {
  if (!from && !to) return { problem: null };
  const shown = 'These are stays for any dates.';
  if (!from || !to) return { problem: `A stay needs both check-in and check-out. ${shown}` };
  if (!isDate(from) || !isDate(to)) return { problem: `Those dates are not on the calendar. ${shown}` };
  const nights = nightsBetween(from, to);
  if (nights < 1) return { problem: `Check-out must be after check-in. ${shown}` };
  if (nights > mostNights) return { problem: `A stay has at most ${mostNights} nights. ${shown}` };
  if (from < earliest) return { problem: `That check-in has passed already. ${shown}` };
  return { checkIn: from, checkOut: to, problem: null };
}

function parsePrices(raw: RawQuery): Pick<Search, 'priceMin' | 'priceMax' | 'currency'> {
  const currency = one(raw, 'currency');
  if (!currency || !/^[A-Z]{3}$/.test(currency)) return {};
  const amount = (name: string) => whole(one(raw, name)?.replace(/[.,]\d{1,2}$/, ''), 0, 100_000_000);
  const [low, high] = [amount('price_min') || undefined, amount('price_max') || undefined];
  // Given the wrong way round, the two are meant the right way round.
  const swap = low !== undefined && high !== undefined && low > high;
  return { currency, priceMin: swap ? high : low, priceMax: swap ? low : high };
}
