// A guest's bookings: their page, and a new one of a quote.
import { randomBytes, randomUUID } from "node:crypto";
import { envelope } from "./app.js";
import type { Actor } from "./auth.js";
import { Failure } from "./failure.js";
import { coverOf, type Row as PhotoRow } from "./photo.js";
import { quoted, type Terms } from "./quote.js";
import { prisma } from "./store.js";

const limit = 20;

export async function page(actor: Actor) {
  const rows = await prisma.booking.findMany({
    where: { guestId: actor.id },
    relationLoadStrategy: "join",
    orderBy: { id: "desc" },
    take: limit + 1,
    include: {
      host: { select: { id: true, name: true } },
      guest: { select: { id: true, name: true } },
      listing: {
        select: {
          id: true, title: true, city: true, countryCode: true, addressLine: true, postalCode: true, lat: true, lng: true,
          photos: {
            where: { upload: { status: "ready" } },
            orderBy: { position: "asc" },
            take: 1,
            select: { uploadId: true, caption: true, altText: true, upload: { select: { width: true, height: true, blurhash: true, variants: true } } },
          },
        },
      },
    },
  });
  const more = rows.length > limit;
  if (more) rows.pop();
  const next = more ? cursor(rows[rows.length - 1].id) : null;
  return envelope(rows.map(bookingOf), { page: { limit, next, prev: null } });
}

const cursor = (id: string) => Buffer.from("00" + id.replaceAll("-", ""), "hex").toString("base64url");

type Place = { id: string; title: string; city: string; countryCode: string; addressLine: string; postalCode: string; lat: number; lng: number; photos?: PhotoRow[] };
type Row = {
  id: string; code: string; status: string; checkIn: Date; checkOut: Date; guests: number; message: string; lines: unknown; totalMinor: bigint | number;
  currency: string; cancellationPolicy: string; timezone: string; checkInFrom: string; reason: string; createdAt: Date; updatedAt: Date;
  host: { id: string; name: string }; guest: { id: string; name: string }; listing: Place;
};

const day = (d: Date) => d.toISOString().slice(0, 10);

function bookingOf(b: Row) {
  const l = b.listing;
  const certain = b.status === "CONFIRMED";
  return {
    id: b.id,
    code: b.code,
    status: b.status,
    listing: {
      id: l.id, title: l.title, city: l.city, country_code: l.countryCode,
      ...(certain && { location: { lat: l.lat, lng: l.lng } }),
      ...(certain && l.addressLine && { address_line: l.addressLine }),
      ...(certain && l.postalCode && { postal_code: l.postalCode }),
      ...(l.photos?.length && { cover: coverOf(l.photos[0]) }),
    },
    host: b.host,
    guest: b.guest,
    check_in: day(b.checkIn),
    check_out: day(b.checkOut),
    nights: (b.checkOut.getTime() - b.checkIn.getTime()) / 86_400_000,
    guests: b.guests,
    message: b.message,
    lines: b.lines,
    total: { minor: Number(b.totalMinor), currency: b.currency },
    cancellation_policy: b.cancellationPolicy,
    timezone: b.timezone,
    check_in_from: b.checkInFrom,
    reason: b.reason,
    created_at: b.createdAt,
    updated_at: b.updatedAt,
  };
}

// create books a quote that confirms at once, in one transaction: the nights (whose exclusion constraint decides between
// rivals), the booking, its history and its event. What the answer needs of others is read once, before.
export async function create(actor: Actor, token: string, message: string, requestId: string) {
  const t = quoted(token, actor);
  const [listing, guest] = await Promise.all([
    prisma.listing.findUnique({
      where: { id: t.l, status: "live", hostId: t.h },
      relationLoadStrategy: "join",
      select: { id: true, title: true, city: true, countryCode: true, addressLine: true, postalCode: true, lat: true, lng: true, host: { select: { id: true, name: true } } },
    }),
    prisma.user.findUniqueOrThrow({ where: { id: actor.id }, select: { id: true, name: true } }),
  ]);
  if (!listing) throw new Failure(409, "not_bookable", "This listing cannot be booked at the moment.");
  const now = new Date();
  const row = rowOf(t, actor, message, now);
  try {
    await prisma.$transaction([
      prisma.$executeRaw`insert into occupancies (id, listing_id, during, kind, ref_id, created_at)
        values (${uuidv7()}::uuid, ${t.l}::uuid, daterange(${t.i}::date, ${t.o}::date), 'booking', ${row.id}::uuid, ${now})`,
      prisma.booking.create({ data: row, select: { id: true } }),
      prisma.bookingEvent.create({ data: { bookingId: row.id, toStatus: row.status, actorId: actor.id, actorRole: "guest", at: now }, select: { id: true } }),
      prisma.outbox.create({ data: { ...eventOf(row), requestId }, select: { id: true } }),
    ]);
  } catch (err) {
    if (String(err).includes("occupancies_no_overlap")) throw new Failure(409, "dates_taken", `Some of the nights from ${t.i} to ${t.o} are taken.`);
    throw err;
  }
  const { host, ...place } = listing;
  return envelope(bookingOf({ ...row, reason: "", host, guest, listing: place }));
}

function rowOf(t: Terms, actor: Actor, message: string, now: Date) {
  return {
    id: uuidv7(), code: code(), listingId: t.l, hostId: t.h, guestId: actor.id, checkIn: new Date(t.i), checkOut: new Date(t.o), guests: t.g,
    status: "CONFIRMED", message, currency: t.c, totalMinor: t.t, lines: t.n, cancellationPolicy: t.y, timezone: t.z, checkInFrom: t.f,
    decidedAt: now, createdAt: now, updatedAt: now,
  };
}

function eventOf(b: ReturnType<typeof rowOf>) {
  return {
    eventId: uuidv7(), topic: "bookings", key: b.listingId, type: "bookings.confirmed",
    payload: { booking_id: b.id, listing_id: b.listingId, host_id: b.hostId, guest_id: b.guestId, check_in: day(b.checkIn), check_out: day(b.checkOut), version: 1, instant: true },
  };
}

const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const code = () => Array.from(randomBytes(8), (b) => letters[b % letters.length]).join("");

// RFC 9562, 5.7: milliseconds, then random bits.
function uuidv7(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  const rest = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(15)}`;
}
