// One listing as visitors see it.
import { envelope } from "./app.js";
import { config } from "./config.js";
import { Failure } from "./failure.js";
import { photoOf } from "./photo.js";
import { type Bytes, kept, prisma, redis } from "./store.js";

type Answer = { tag: string; body: Bytes };

const cacheSeconds = 60;

// detail gives the finished bytes; with CACHED=1 Redis keeps them, so that a hit costs no object and no JSON.
export async function detail(id: string): Promise<Answer> {
  if (!config.cached) return read(id);
  const key = `rival:listing:${id}`;
  const hit = await redis.getBuffer(key); // not get, which would make a string of bytes that go out as they are
  if (hit) return kept(hit);
  const fresh = await read(id);
  await redis.set(key, `${fresh.tag}\n${fresh.body}`, "EX", cacheSeconds);
  return fresh;
}

async function read(id: string): Promise<Answer> {
  const l = await prisma.listing.findUnique({
    where: { id },
    relationLoadStrategy: "join",
    include: {
      host: { select: { id: true, name: true, createdAt: true } },
      price: true,
      photos: {
        orderBy: { position: "asc" },
        select: { uploadId: true, caption: true, altText: true, upload: { select: { status: true, width: true, height: true, blurhash: true, variants: true } } },
      },
    },
  });
  if (!l || l.status !== "live") throw new Failure(404, "not_found", "There is no such listing.");
  const data = {
    id: l.id,
    status: l.status,
    host: { id: l.host.id, name: l.host.name, since: l.host.createdAt },
    title: l.title,
    description: l.description,
    property_type: l.propertyType,
    room_type: l.roomType,
    max_guests: l.maxGuests,
    bedrooms: l.bedrooms,
    beds: l.beds,
    bathrooms: l.bathrooms,
    amenities: l.amenities,
    house_rules: l.houseRules,
    address: { city: l.city, country_code: l.countryCode, ...(l.region && { region: l.region }) },
    location: { lat: l.publicLat, lng: l.publicLng },
    location_exact: false,
    timezone: l.timezone,
    check_in_from: l.checkInFrom,
    check_out_until: l.checkOutUntil,
    cancellation_policy: l.cancellationPolicy,
    booking_mode: l.bookingMode,
    photos: l.photos.filter((p) => p.upload.status === "ready").map((p) => photoOf(p)),
    created_at: l.createdAt,
    updated_at: l.updatedAt,
    ...(l.price && {
      price: {
        currency: l.price.currency,
        nightly_minor: Number(l.price.nightlyMinor),
        cleaning_minor: Number(l.price.cleaningMinor),
        included_guests: l.price.includedGuests,
        extra_guest_minor: Number(l.price.extraGuestMinor),
        tax_bps: l.price.taxBps,
      },
    }),
  };
  return { tag: `"${l.version}"`, body: JSON.stringify(envelope(data)) };
}
