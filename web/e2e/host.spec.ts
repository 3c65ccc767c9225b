import { deflateSync } from 'node:zlib';

import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';

import { day, demo, makeAccount, signIn } from './support';

const base = process.env.RENTORA_PUBLIC_URL ?? '';

/** A photograph of one colour, as a file. */
function photo(name: string, colour: [number, number, number]) {
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

const draft = {
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
async function hostWithDraft(page: Page, request: APIRequestContext): Promise<string> {
  const host = await makeAccount(request, 'host');
  await signIn(page.context(), host.email);
  const answer = await page.request.post('/api/v1/listings', { data: draft, headers: { origin: base } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { data: { id: string } }).data.id;
}

const saved = (page: Page) => expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible();

test('a listing from the first page to verification', async ({ page, request }) => {
  test.setTimeout(150_000);
  const host = await makeAccount(request, 'host');
  await signIn(page.context(), host.email);
  await page.goto('/host');
  await expect(page.getByRole('heading', { level: 1, name: `Welcome, ${host.name}` })).toBeVisible();
  await page.getByRole('link', { name: 'Start your first listing' }).click();

  await page.getByRole('button', { name: 'Start the listing' }).click();
  await expect(page.getByLabel('Title')).toBeFocused();
  await page.getByLabel('Title').fill('A quiet loft');
  await page.getByLabel('Country').selectOption('PT');
  await page.getByLabel('City', { exact: true }).fill('Lisbon');
  await page.getByLabel('Latitude').fill('38.7109');
  await page.getByLabel('Longitude').fill('-9.1459');
  await page.getByRole('button', { name: 'Start the listing' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'A quiet loft' })).toBeVisible();

  await page.getByRole('textbox', { name: 'Title' }).fill('A quiet loft above the trams');
  await page
    .getByRole('textbox', { name: 'Description' })
    .fill('Morning sun in the kitchen, evening sun on the balcony. '.repeat(3));
  await saved(page);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('A quiet loft above the trams');

  const steps = page.getByRole('navigation', { name: 'Steps of the listing' });
  await steps.getByRole('link', { name: /Photos/ }).click();
  await page
    .locator('input[type=file]')
    .setInputFiles([
      ...['one', 'two', 'three', 'four', 'five'].map((name, i) => photo(name, [40 * i, 120, 200 - 30 * i])),
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no photo') },
    ]);
  await expect(page.getByText('This is no photo that we can read.', { exact: false })).toBeVisible();
  await expect(page.getByText('6 photos, 5 ready.')).toBeVisible({ timeout: 60_000 });
  await page
    .getByRole('row', { name: /notes\.txt/ })
    .getByRole('button', { name: 'Remove' })
    .click();
  await expect(page.getByText('5 photos, all ready.')).toBeVisible();
  await page.getByRole('row').nth(4).getByRole('button', { name: 'Describe and place' }).click();
  await page.getByRole('textbox', { name: /Caption/ }).fill('The balcony in the evening');
  await page.getByRole('button', { name: 'Make it the cover' }).click();
  await expect(page.getByText('Number 1 of 5')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await saved(page);

  await steps.getByRole('link', { name: /Price/ }).click();
  await page.getByLabel('A night, in EUR').fill('ten');
  await expect(page.getByText('Enter an amount of EUR', { exact: false }).first()).toBeVisible();
  await page.getByLabel('A night, in EUR').fill('95.50');
  await saved(page);
  await expect(page.getByText('€286.50').first()).toBeVisible();

  await steps.getByRole('link', { name: /Publish/ }).click();
  await expect(page.getByRole('heading', { name: 'Everything is there' })).toBeVisible();
  await page.getByRole('button', { name: 'Hand in for verification' }).click();
  await expect(page.getByText('This listing is being verified')).toBeVisible();
  await page.goto('/host');
  await expect(page.getByText('In verification. We write to you', { exact: false })).toBeVisible();
});

test('what is missing is said with the way to it', async ({ page, request }) => {
  const id = await hostWithDraft(page, request);
  await page.goto(`/host/listings/${id}?step=publish`);
  await page.getByRole('button', { name: 'Hand in for verification' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'not ready for review' });
  await expect(alert).toBeVisible();
  await expect(alert).toContainText('The description must have at least 80 characters');
  await alert.getByRole('link', { name: 'Mend it' }).first().click();
  await expect(page.getByRole('heading', { level: 2, name: 'Basics' })).toBeFocused();
});

test('nothing typed is lost when the session ends while somebody types', async ({ page, request }) => {
  const host = await makeAccount(request, 'host');
  await signIn(page.context(), host.email);
  const made = await page.request.post('/api/v1/listings', { data: draft, headers: { origin: base } });
  const { data } = (await made.json()) as { data: { id: string } };
  await page.goto(`/host/listings/${data.id}`);
  await page.context().clearCookies();
  await page.getByRole('textbox', { name: 'Title' }).fill('Typed after the end');
  await expect(page.getByText('Not saved: your session has ended.', { exact: false })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in in a new tab' })).toHaveAttribute('target', '_blank');
  await signIn(page.context(), host.email);
  await page.getByRole('button', { name: 'Try again' }).click();
  await saved(page);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Typed after the end');
});

test('two tabs: other fields are joined, the same one asks', async ({ page, request }) => {
  const id = await hostWithDraft(page, request);
  const other = await page.context().newPage();
  await page.goto(`/host/listings/${id}`);
  await other.goto(`/host/listings/${id}`);
  await other.getByRole('textbox', { name: 'Description' }).fill('Written in the other tab.');
  await saved(other);
  await page.getByRole('textbox', { name: 'Title' }).fill('Title of the first tab');
  await saved(page);
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('Written in the other tab.');

  await other.getByRole('textbox', { name: 'Title' }).fill('Title of the other tab');
  await expect(other.getByText('The listing was changed somewhere else meanwhile')).toBeVisible();
  await expect(other.getByRole('textbox', { name: 'Title' })).toHaveValue('Title of the other tab');
  await other.getByRole('button', { name: 'Keep what I typed' }).click();
  await saved(other);
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Title of the other tab');
});

test('nights are blocked by keyboard and by pointer, and opened again', async ({ page, request }) => {
  const id = await hostWithDraft(page, request);
  const month = day(40).slice(0, 7);
  await page.goto(`/host/listings/${id}/calendar?month=${month}`);
  const cell = (number: number) => page.locator(`[data-date="${month}-${String(number).padStart(2, '0')}"]`);
  // Until the page runs in the browser, keys do nothing yet.
  await expect(async () => {
    await cell(10).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(cell(12)).toHaveAttribute('aria-selected', 'true', { timeout: 500 });
    await expect(cell(13)).toHaveAttribute('aria-selected', 'false');
  }).toPass();
  await page.keyboard.press('Enter');
  await page.getByLabel('Note').fill('The kitchen is painted');
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(page.getByText('3 nights blocked', { exact: false })).toBeVisible();
  await expect(cell(11)).toHaveAccessibleName(/blocked, The kitchen is painted/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(cell(11)).not.toHaveAccessibleName(/blocked/);

  await cell(18).hover();
  await page.mouse.down();
  await cell(20).hover();
  await page.mouse.up();
  // Meanwhile another tab blocks one of the nights.
  const taken = await page.request.post(`/api/v1/listings/${id}/blocks`, {
    data: { start: `${month}-19`, end: `${month}-20` },
    headers: { origin: base },
  });
  expect(taken.ok()).toBe(true);
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(page.getByText('Another block is in the way', { exact: false })).toBeVisible();
  await expect(cell(18)).not.toHaveAccessibleName(/blocked/);

  await cell(19).click();
  await page.getByRole('button', { name: 'Open these nights' }).click();
  await expect(page.getByText('1 night open again', { exact: false })).toBeVisible();
  await page.getByRole('link', { name: 'Year' }).click();
  await expect(page.getByRole('list').filter({ hasText: 'free' }).getByRole('link')).toHaveCount(12);
});

test('what guests rely on is reviewed first, and requests are answered', async ({
  page,
  browser,
  request,
}) => {
  test.setTimeout(150_000);
  const id = await hostWithDraft(page, request);
  await makeLive(page, await demo(browser, 'admin'), id);
  await page.goto(`/host/listings/${id}`);
  await expect(async () => {
    await page.getByRole('textbox', { name: 'Title' }).fill('A quieter flat above the trams');
    await expect(page.getByText('Not sent for review yet')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.getByRole('button', { name: 'Send for review' }).click();
  await expect(page.getByText('A change waits for review')).toBeVisible();
  await page.getByRole('button', { name: 'Withdraw the change' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(draft.title);

  const guest = await (await browser.newContext()).newPage();
  const person = await makeAccount(request, 'guest');
  await signIn(guest.context(), person.email);
  await book(guest, id, 30);
  await book(guest, id, 40);
  await page.goto('/host');
  const requests = page.getByRole('region', { name: 'Waiting for your answer' });
  await expect(requests.getByRole('listitem')).toHaveCount(2);
  await expect(requests.getByRole('timer').first()).toHaveText(/\d+ h/);
  await requests
    .getByRole('button', { name: `Decline ${person.name}` })
    .first()
    .click();
  await page.getByRole('textbox', { name: /Reason/ }).fill('The house is being painted.');
  await page.getByRole('dialog').getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(requests.getByRole('listitem')).toHaveCount(1);
  await requests.getByRole('button', { name: `Confirm ${person.name}` }).click();
  await expect(requests).toHaveCount(0);

  await page.goto('/host/bookings?status=CONFIRMED');
  await page.getByRole('link', { name: person.name }).click();
  await page.getByRole('button', { name: 'Cancel the booking…' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('When the host cancels, the guest gets everything back.');
  await question.getByRole('button', { name: 'Cancel the booking' }).click();
  await expect(page.getByText('Cancelled by the host').first()).toBeVisible();
});

/** Gives a draft what it lacks and has it approved, without the screens. */
async function makeLive(host: Page, admin: Page, id: string): Promise<void> {
  const photos: { upload_id: string }[] = [];
  for (let i = 0; i < 5; i++) {
    const { buffer, mimeType } = photo(`${i}`, [50 * i, 100, 150]);
    type Made = { upload: { id: string }; upload_url: string; headers: Record<string, string> };
    const wanted = { content_type: mimeType, size_bytes: buffer.length };
    const made = await call<Made>(host, 'post', '/uploads', wanted);
    const put = await host.request.put(made.upload_url, { data: buffer, headers: made.headers });
    expect(put.ok(), await put.text()).toBe(true);
    await call(host, 'post', `/uploads/${made.upload.id}/complete`);
    photos.push({ upload_id: made.upload.id });
  }
  const description = 'Morning sun in the kitchen, evening sun on the balcony, trams below.'.repeat(2);
  await call(host, 'patch', `/listings/${id}`, { description }, await etagOf(host, id));
  await call(host, 'put', `/listings/${id}/photos`, { photos }, await etagOf(host, id));
  await call(host, 'put', `/listings/${id}/price`, { currency: 'EUR', nightly_minor: 9500 });
  for (const { upload_id } of photos) {
    const state = async () => (await call<{ status: string }>(host, 'get', `/uploads/${upload_id}`)).status;
    await expect.poll(state, { timeout: 60_000 }).toBe('ready');
  }
  await call(host, 'post', `/listings/${id}/submit`);
  await call(admin, 'post', `/admin/listings/${id}/approve`, {}, await etagOf(admin, id));
}

/** Asks for three nights, so many days from today. */
async function book(guest: Page, id: string, from: number): Promise<void> {
  const wanted = { check_in: day(from), check_out: day(from + 3), guests: 1 };
  const { token } = await call<{ token: string }>(guest, 'post', `/listings/${id}/quotes`, wanted);
  await call(guest, 'post', '/bookings', { quote_token: token });
}

async function etagOf(page: Page, id: string): Promise<string> {
  return (await page.request.get(`/api/v1/listings/${id}`)).headers().etag ?? '';
}

type Method = 'get' | 'post' | 'put' | 'patch';

async function call<T>(page: Page, method: Method, path: string, data?: unknown, etag?: string): Promise<T> {
  const headers: Record<string, string> = { origin: base, ...(etag ? { 'if-match': etag } : {}) };
  const answer = await page.request[method](`/api/v1${path}`, { data, headers });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return ((await answer.json()) as { data: T }).data;
}

test('a listing of somebody else is not there', async ({ page, browser, request }) => {
  const id = await hostWithDraft(page, request);
  const stranger = await strange(browser, request);
  await stranger.goto(`/host/listings/${id}`);
  await expect(
    stranger.getByRole('heading', { level: 1, name: 'There is nothing at this address' }),
  ).toBeVisible();
  await stranger.goto(`/host/bookings/${id}`);
  await expect(
    stranger.getByRole('heading', { level: 1, name: 'There is nothing at this address' }),
  ).toBeVisible();
});

async function strange(browser: Browser, request: APIRequestContext): Promise<Page> {
  const context = await browser.newContext();
  await signIn(context, (await makeAccount(request, 'host')).email);
  return context.newPage();
}
