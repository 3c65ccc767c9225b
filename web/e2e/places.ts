import { readdirSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

import { type APIRequestContext, expect, type Page } from '@playwright/test';

import { base, day, makeAccount, signIn } from './support';

/** Listings and photographs, made without the screens: for journeys that begin later. */

/** The files of the demo's photographs of a house: "city", "cottage". */
export function photosOf(house: string): string[] {
  const folder = path.join(import.meta.dirname, '../../server/seed/data/photos');
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${house}-`))
    .map((name) => path.join(folder, name));
}

/** A photograph of one colour, as a file. */
export function photo(name: string, colour: [number, number, number]) {
  const [width, height] = [640, 480];
  const row = Buffer.alloc(1 + width * 3);
  for (let x = 0; x < width; x++) row.set(colour, 1 + x * 3);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const buffer = Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name: `${name}.png`, mimeType: 'image/png', buffer };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(8);
  out.writeUInt32BE(data.length, 0);
  out.writeUInt32BE(crc(body), 4);
  return Buffer.concat([out.subarray(0, 4), body, out.subarray(4)]);
}

function crc(data: Buffer): number {
  let c = 0xffffffff;
  for (const byte of data) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

export const draft = {
  title: 'Courtyard flat above the trams',
  property_type: 'apartment',
  room_type: 'entire_place',
  max_guests: 4,
  bedrooms: 1,
  beds: 2,
  bathrooms: 1,
  address: { line: 'Rua da Bica 12', city: 'Lisbon', country_code: 'PT' },
  location: { lat: 38.7109, lng: -9.1459 },
};

/** A signed-in host with a draft, made without the screens. */
export async function hostWithDraft(page: Page, request: APIRequestContext): Promise<string> {
  const host = await makeAccount(request, 'host');
  await signIn(page.context(), host.email);
  const answer = await page.request.post('/api/v1/listings', { data: draft, headers: { origin: base } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { data: { id: string } }).data.id;
}

type File = { mimeType: string; buffer: Buffer };

const plain = [0, 1, 2, 3, 4].map((i) => photo(`${i}`, [50 * i, 100, 150]));
const words = 'Morning sun in the kitchen, evening sun on the balcony, trams below.'.repeat(2);

/** Gives a draft what it lacks and hands it in, without the screens. */
export async function handIn(
  host: Page,
  id: string,
  files: File[] = plain,
  description = words,
): Promise<void> {
  const photos: { upload_id: string }[] = [];
  for (const { buffer, mimeType } of files) {
    type Made = { upload: { id: string }; upload_url: string; headers: Record<string, string> };
    const wanted = { content_type: mimeType, size_bytes: buffer.length };
    const made = await call<Made>(host, 'post', '/uploads', wanted);
    const put = await host.request.put(made.upload_url, { data: buffer, headers: made.headers });
    expect(put.ok(), await put.text()).toBe(true);
    await call(host, 'post', `/uploads/${made.upload.id}/complete`);
    photos.push({ upload_id: made.upload.id });
  }
  await call(host, 'patch', `/listings/${id}`, { description }, await etagOf(host, id));
  await call(host, 'put', `/listings/${id}/photos`, { photos }, await etagOf(host, id));
  await call(host, 'put', `/listings/${id}/price`, { currency: 'EUR', nightly_minor: 9500 });
  for (const { upload_id } of photos) {
    const state = async () => (await call<{ status: string }>(host, 'get', `/uploads/${upload_id}`)).status;
    await expect.poll(state, { timeout: 60_000 }).toBe('ready');
  }
  await call(host, 'post', `/listings/${id}/submit`);
}

/** Hands a draft in and has it approved, without the screens. */
export async function makeLive(host: Page, admin: Page, id: string): Promise<void> {
  await handIn(host, id);
  await call(admin, 'post', `/admin/listings/${id}/approve`, {}, await etagOf(admin, id));
}

/** Asks for three nights, so many days from today; gives the booking's id. */
export async function ask(guest: Page, id: string, from: number): Promise<string> {
  const wanted = { check_in: day(from), check_out: day(from + 3), guests: 1 };
  const { token } = await call<{ token: string }>(guest, 'post', `/listings/${id}/quotes`, wanted);
  return (await call<{ id: string }>(guest, 'post', '/bookings', { quote_token: token })).id;
}

async function etagOf(page: Page, id: string): Promise<string> {
  return (await page.request.get(`/api/v1/listings/${id}`)).headers().etag ?? '';
}

type Method = 'get' | 'post' | 'put' | 'patch';

export async function call<T>(
  page: Page,
  method: Method,
  path: string,
  data?: unknown,
  etag?: string,
): Promise<T> {
  const headers: Record<string, string> = { origin: base, ...(etag ? { 'if-match': etag } : {}) };
  const answer = await page.request[method](`/api/v1${path}`, { data, headers });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return ((await answer.json()) as { data: T }).data;
}

/** The editor says that nothing is left to save. */
export const saved = (page: Page) =>
  expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
