import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';

import {
  type APIRequestContext,
  type Browser,
  type BrowserContextOptions,
  expect,
  type Page,
  test,
} from '@playwright/test';

import { call, draft, handIn, photosOf } from '../places';
import { checkout, listing, type Stay, submit } from '../stays';
import { day, demo, makeAccount, signIn, somebody } from '../support';

/** Walks through the web as docs/tour/README.md tells it, and takes its pictures. */

const folder = path.join(import.meta.dirname, '../../../docs/tour');
const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' };
const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  reducedMotion: 'reduce',
  hasTouch: true,
  isMobile: true,
};
const dark: BrowserContextOptions = { colorScheme: 'dark' };

/** Takes a picture when everything that is in sight has come. */
async function picture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined);
  await page.waitForFunction(() => {
    const seen = (image: HTMLImageElement) => {
      const { top, bottom, left, right } = image.getBoundingClientRect();
      return bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    };
    return (
      [...document.images].every((image) => !seen(image) || image.complete) &&
      document.fonts.status === 'loaded'
    );
  });
  await page.screenshot({
    path: path.join(folder, `${name}.jpg`),
    type: 'jpeg',
    quality: 72,
    scale: 'css',
  });
}

/** Waits until the map has drawn its land: until then it has the colour of the sea everywhere. */
async function land(page: Page): Promise<void> {
  const map = await page.getByRole('region', { name: 'Map of the stays' }).first().boundingBox();
  if (!map) throw new Error('there is no map');
  const clip = { x: map.x + map.width * 0.3, y: map.y + map.height * 0.4, width: 1, height: 1 };
  const colour = async () => {
    const png = await page.screenshot({ clip, type: 'png' });
    const data: Buffer[] = [];
    for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
      if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
        data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
    return inflateSync(Buffer.concat(data)).subarray(1, 4).toString('hex'); // after the byte that names the row's filter
  };
  await expect.poll(colour, { message: 'the land on the map', timeout: 60_000 }).toBe('f6f4ee');
}

async function opened(browser: Browser, options: BrowserContextOptions, email?: string, secret?: string) {
  const context = await browser.newContext(options);
  if (email) await signIn(context, email, secret);
  return context.newPage();
}

type Chosen = Stay & { city: string };

/** A free stay in Athens, where the demo has many, that is asked for, not booked at once, and a browser of its host. */
async function hostWithStay(
  browser: Browser,
  visitor: APIRequestContext,
): Promise<{ host: Page; stay: Chosen }> {
  const wanted = { check_in: day(40), check_out: day(44) };
  const [place] = await read<Place[]>(visitor, '/search/places?q=Athens');
  const query = new URLSearchParams({ ...wanted, bbox: place?.bbox ?? '', guests: '2', bedrooms_min: '2' });
  type Found = { hits: { id: string; title: string; city: string }[] };
  const { hits } = await read<Found>(visitor, `/search/listings?booking_mode=request&${query}`);
  const [hit] = hits;
  if (!hit) throw new Error('nothing in the demo is free and asked for');
  const { host } = await read<{ host: { name: string } }>(visitor, `/listings/${hit.id}`);
  const number = host.name.replace(/\D/g, '').padStart(4, '0');
  const page = await opened(browser, desk, `host-${number}@example.test`, 'rentora-demo');
  return { host: page, stay: { ...hit, ...wanted } };
}

type Place = { name: string; bbox: string };

async function read<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(`/api/v1${path}`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { data: T }).data;
}

async function person(browser: Browser, role: 'guest' | 'host', name: string): Promise<string> {
  const context = await browser.newContext();
  const { email } = await makeAccount(context.request, role, { email: somebody(role).email, name });
  await context.close();
  return email;
}

const two = (address: string) => address.replace('guests=1', 'guests=2');

test('the tour', async ({ browser, request }) => {
  const { host, stay } = await hostWithStay(browser, request);
  const guestMail = await person(browser, 'guest', 'Inês Duarte');
  const guest = await opened(browser, desk, guestMail);
  const trip = await test.step('the guest', () => asks(guest, stay));
  await test.step('the host', () => hosts(host, stay));
  await guest.goto(trip);
  await expect(guest.getByRole('heading', { name: 'Your stay is confirmed' })).toBeVisible();
  await picture(guest, 'trip');
  await test.step('the admin', () => verifies(browser));
  await test.step('on a phone', () => pocket(browser, stay));
});

/** From the first page to a request; gives the address of the trip. */
async function asks(page: Page, stay: Chosen): Promise<string> {
  await page.goto('/');
  await picture(page, 'home');
  await page.goto(await results(page, stay));
  const pins = page.getByRole('region', { name: 'Map of the stays' }).first().getByRole('button');
  await expect(pins.nth(5)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('article').nth(1).hover();
  await land(page);
  await picture(page, 'results');
  await page.goto(two(listing(stay)));
  await expect(page.getByRole('region', { name: 'Your stay' }).getByText('Total for 4 nights')).toBeVisible();
  await picture(page, 'listing');
  await page.locator('#dates').scrollIntoViewIfNeeded();
  await expect(page.locator('#dates').getByRole('grid')).toHaveCount(2);
  await page.locator('#dates').evaluate((dates) => dates.scrollIntoView());
  await picture(page, 'dates');
  await page.goto(two(checkout(stay)));
  await expect(page.getByRole('timer')).toHaveText(/1[45]:\d\d/);
  await page
    .getByLabel(/^Message to/)
    .fill('Two of us, for the music in the old town. We arrive with the evening train.');
  await picture(page, 'checkout');
  await submit(page).click();
  await expect(page).toHaveURL(/\/trips\/[0-9a-f-]{36}$/);
  return page.url();
}

/** The results around the city of the stay, for its dates. */
async function results(page: Page, { city, check_in, check_out }: Chosen): Promise<string> {
  const [place] = await read<Place[]>(page.request, `/search/places?q=${encodeURIComponent(city)}`);
  const { name, bbox } = place ?? { name: city, bbox: '' };
  return `/stays?${new URLSearchParams({ place: name, bbox, check_in, check_out, guests: '2' })}`;
}

async function hosts(page: Page, stay: Stay): Promise<void> {
  await page.goto('/host');
  const waiting = page.getByRole('region', { name: 'Waiting for your answer' });
  await expect(waiting.getByRole('timer').first()).toHaveText(/\d+ h/);
  await picture(page, 'today');
  await waiting.getByRole('button', { name: 'Confirm Inês Duarte' }).click();
  await expect(waiting.getByText('Inês Duarte')).toHaveCount(0);
  await page.goto(`/host/listings/${stay.id}/calendar?month=${stay.check_in.slice(0, 7)}`);
  await expect(page.locator(`[data-date="${stay.check_in}"]`)).toBeVisible();
  await picture(page, 'calendar');
  const data = { ...draft, title: 'Attic among the roofs of Alfama' };
  const { id } = await call<{ id: string }>(page, 'post', '/listings', data);
  await page.goto(`/host/listings/${id}?step=photos`);
  await page.locator('input[type=file]').setInputFiles(photosOf('loft'));
  await expect(page.getByText('5 photos, all ready.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();
  await picture(page, 'editor');
}

const handedIn = [
  {
    name: 'Maja Lindqvist',
    house: 'scandi',
    title: 'Wooden house by the water',
    city: 'Stockholm',
    at: [59.32, 18.09],
    country_code: 'SE',
  },
  {
    name: 'Giulia Ferri',
    house: 'mediterranean',
    title: 'Rooms around a lemon courtyard',
    city: 'Palermo',
    at: [38.116, 13.361],
    country_code: 'IT',
  },
  {
    name: 'Tom Hale',
    house: 'cottage',
    title: 'Stone cottage with a study',
    city: 'Bath',
    at: [51.38, -2.36],
    country_code: 'GB',
  },
];

const description =
  'The rooms look onto a quiet courtyard. In the morning the sun stands in the kitchen, in the evening on the terrace.\n\n' +
  'It is ten minutes on foot to the old town, and five to the market. The stairs are steep.';

/** Three hosts hand a place in; the admin looks at the queue and at the numbers. */
async function verifies(browser: Browser): Promise<void> {
  for (const { name, house, title, city, at, country_code } of handedIn) {
    const host = await opened(browser, desk, await person(browser, 'host', name));
    const [lat, lng] = at;
    const data = {
      ...draft,
      title,
      property_type: 'house',
      location: { lat, lng },
      address: { line: '', city, country_code },
    };
    const { id } = await call<{ id: string }>(host, 'post', '/listings', data);
    const files = photosOf(house).map((file) => ({ mimeType: 'image/jpeg', buffer: readFileSync(file) }));
    await handIn(host, id, files, description);
    await host.context().close();
  }
  const admin = await demo(browser, 'admin', '0001', desk);
  await admin.goto('/admin/verifications');
  await expect(admin.getByRole('navigation', { name: 'Queue' }).getByRole('listitem')).toHaveCount(3);
  await picture(admin, 'queue');
  const night = await demo(browser, 'admin', '0001', { ...desk, ...dark });
  await night.goto('/admin');
  await expect(night.getByRole('slider').first()).toBeVisible();
  await picture(night, 'numbers');
}

async function pocket(browser: Browser, stay: Chosen): Promise<void> {
  const light = await opened(browser, phone);
  await light.goto('/');
  await picture(light, 'phone-home');
  const night = await opened(browser, { ...phone, ...dark });
  await night.goto(await results(night, stay));
  await expect(night.getByRole('article').first()).toBeVisible();
  await picture(night, 'phone-results');
  await night.goto(`/listings/${stay.id}`);
  await picture(night, 'phone-listing');
}
