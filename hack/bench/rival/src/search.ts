// A page of results: ids and facets from Typesense, what a card shows from Postgres, finished pages in Redis.
import { createHash } from "node:crypto";
import { envelope } from "./app.js";
import { config } from "./config.js";
import { Failure } from "./failure.js";
import { cardOf } from "./photo.js";
import { type Bytes, kept, prisma, redis } from "./store.js";
import { ask, type Found } from "./typesense.js";

const limit = 20;
const cacheSeconds = 10; // as long as ours is fresh

type Params = URLSearchParams;
type Answer = { tag: string; body: Bytes };
type Stay = { checkIn: string; checkOut: string; nights: number };

// search gives the finished bytes.
export async function search(p: Params): Promise<Answer> {
  const q = questionOf(p);
  if (!config.cached) return read(q);
  const key = `rival:search:${p}`;
  const hit = await redis.getBuffer(key); // not get, which would make a string of bytes that go out as they are
  if (hit) return kept(hit);
  const fresh = await read(q);
  await redis.set(key, `${fresh.tag}\n${fresh.body}`, "EX", cacheSeconds);
  return fresh;
}

type Question = { filter: string; guests: number; stay?: Stay };

const invalid = (message: string) => new Failure(400, "invalid", message);

function questionOf(p: Params): Question {
  const guests = Number(p.get("guests") ?? 0);
  if (!Number.isInteger(guests) || guests < 0) throw invalid("guests must be a whole number.");
  const stay = stayOf(p);
  const all: string[] = [...boxOf(p)];
  if (stay) all.push(`stay:[${openings(stay)}]`);
  if (guests > 0) all.push(`max_guests:>=${guests}`);
  for (const [name, sign] of [["price_min", ">="], ["price_max", "<="]]) {
    const price = p.get(name);
    if (price === null) continue;
    if (!/^\d{1,15}$/.test(price)) throw invalid(`${name} must be minor units of a currency.`);
    all.push(`nightly:${sign}${price}`);
  }
  const currency = p.get("currency");
  if (currency !== null) {
    if (!/^[A-Z]{3}$/.test(currency)) throw invalid("currency must be a code of ISO 4217.");
    all.push(`currency:=\`${currency}\``);
  }
  return { filter: all.map((one) => `(${one})`).join(" && "), guests, stay };
}

const micro = (degrees: number) => Math.round(degrees * 1e6);

function boxOf(p: Params): string[] {
  const raw = p.get("bbox");
  if (raw === null) return [];
  const [south, west, north, east] = raw.split(",").map(Number);
  if (!(south < north && west <= east)) throw invalid("bbox must be four numbers: south,west,north,east, with south below north.");
  return [`lat:[${micro(south)}..${micro(north)}]`, `lng:[${micro(west)}..${micro(east)}]`];
}

const dayLength = 86_400_000;

function stayOf(p: Params): Stay | undefined {
  const [checkIn, checkOut] = [p.get("check_in"), p.get("check_out")];
  if (checkIn === null || checkOut === null) return undefined;
  const nights = (Date.parse(checkOut) - Date.parse(checkIn)) / dayLength;
  if (!(nights >= 1 && nights <= 499) || Date.parse(checkIn) < Date.now() - 2 * dayLength) throw invalid("check_out must be after check_in, and neither in the past.");
  return { checkIn, checkOut, nights };
}

// openings are the values of the index's stay field that begin a stay of so many nights (server/search/filter.go).
function openings(stay: Stay): string {
  const day = (Date.parse(stay.checkIn) - Date.UTC(2020, 0, 1)) / dayLength;
  const value = (shortest: number, run: number) => (day * 64 + shortest) * 500 + run;
  return Array.from({ length: Math.min(stay.nights, 63) }, (_, i) => `${value(i + 1, stay.nights)}..${value(i + 1, 499)}`).join(",");
}

async function read(q: Question): Promise<Answer> {
  const found = await ask({
    q: "*",
    query_by: "title,city,region,country,property_type,amenities,description",
    query_by_weights: "4,5,3,3,2,2,1",
    filter_by: q.filter,
    sort_by: "_text_match:desc,approved_at:desc",
    facet_by: "property_type,room_type,amenities,booking_mode,bedrooms,city,country_code,currency",
    max_facet_values: 50,
    page: 1,
    per_page: limit,
    include_fields: "id",
    highlight_fields: "none",
  });
  const page = { limit, next: found.found > limit ? "2" : null, prev: null, total: found.found };
  const facets = found.facet_counts.map((f) => ({ field: f.field_name, counts: f.counts.map(({ count, value }) => ({ count, value })) }));
  const body = JSON.stringify(envelope({ found: found.found, facets, hits: await cards(found, q) }, { page }));
  return { tag: `"${createHash("sha256").update(body).digest("hex").slice(0, 24)}"`, body };
}

async function cards(found: Found, q: Question) {
  const ids = found.hits.map((hit) => hit.document.id);
  if (ids.length === 0) return [];
  const rows = await prisma.listing.findMany({
    where: { id: { in: ids }, status: "live" },
    relationLoadStrategy: "join",
    select: {
      id: true, title: true, propertyType: true, roomType: true, city: true, region: true, countryCode: true, publicLat: true, publicLng: true,
      maxGuests: true, bedrooms: true, beds: true, bathrooms: true, bookingMode: true, amenities: true, price: true,
      photos: {
        where: { position: { lt: 5 }, upload: { status: "ready" } },
        orderBy: { position: "asc" },
        select: { uploadId: true, caption: true, altText: true, upload: { select: { width: true, height: true, blurhash: true, variants: true } } },
      },
    },
  });
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const l = known.get(id);
    if (!l?.price) return []; // gone since it was indexed
    return {
      id: l.id, title: l.title, property_type: l.propertyType, room_type: l.roomType, city: l.city, ...(l.region && { region: l.region }),
      country_code: l.countryCode, location: { lat: l.publicLat, lng: l.publicLng }, max_guests: l.maxGuests, bedrooms: l.bedrooms, beds: l.beds,
      bathrooms: l.bathrooms, booking_mode: l.bookingMode, amenities: l.amenities, photos: l.photos.map(cardOf), ...priced(l.price, q),
    };
  });
}

type Price = { currency: string; nightlyMinor: bigint; cleaningMinor: bigint; includedGuests: number; extraGuestMinor: bigint; taxBps: number };

// priced gives a stay's price by the rules of server/pricing; tax is rounded half up.
function priced(p: Price, q: Question) {
  const { currency } = p;
  const nightly = { minor: Number(p.nightlyMinor), currency };
  if (!q.stay) return { price: { nightly, label: "base_price" }, stays: [] };
  const { checkIn, checkOut, nights } = q.stay;
  const extra = Math.max(0, Math.max(q.guests, 1) - p.includedGuests);
  const net = nightly.minor * nights + Number(p.extraGuestMinor) * extra * nights + Number(p.cleaningMinor);
  const total = { minor: net + Math.floor((net * p.taxBps + 5000) / 10_000), currency };
  return { price: { nightly, label: "stay_average", nights, total }, stays: [{ check_in: checkIn, check_out: checkOut, total }] };
}
