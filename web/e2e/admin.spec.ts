import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';

import { approve, opens } from './dialogs';
import { base, demo, makeAccount, password, type Person, signIn } from './support';

/** A host with a browser of their own, who acts through the API: the host's screens have their own journeys. */
class Host {
  private constructor(
    private readonly page: Page,
    readonly person: Person,
  ) {}

  static async arrives(browser: Browser): Promise<Host> {
    const context = await browser.newContext();
    const person = await makeAccount(context.request, 'host');
    await signIn(context, person.email, password);
    const page = await context.newPage();
    await page.goto('/');
    return new Host(page, person);
  }

  private get request(): APIRequestContext {
    return this.page.request;
  }

  private async call<T>(method: string, path: string, data?: unknown, headers: Record<string, string> = {}) {
    const answer = await this.request.fetch(`/api/v1${path}`, {
      method,
      data,
      headers: { origin: base, ...headers },
    });
    expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
    return { data: ((await answer.json()) as { data: T }).data, etag: answer.headers().etag ?? '' };
  }

  async listing(
    id: string,
  ): Promise<{ status: string; title: string; review?: { notes: { field: string; note: string }[] } }> {
    return (await this.call<{ status: string; title: string }>('GET', `/listings/${id}`)).data;
  }

  async rename(id: string, title: string): Promise<void> {
    const { etag } = await this.call('GET', `/listings/${id}`);
    await this.call('PATCH', `/listings/${id}`, { title }, { 'if-match': etag });
  }

  async submit(id: string): Promise<void> {
    await this.call('POST', `/listings/${id}/submit`);
  }

  /** A listing with all that it needs, handed in. */
  async handsIn(title: string): Promise<string> {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const { data } = await this.call<{ id: string }>('POST', '/listings', { ...facts, title }, key);
    const { etag } = await this.call('GET', `/listings/${data.id}`);
    const photos: { upload_id: string; caption: string; alt_text: string }[] = [];
    for (let number = 1; number <= 5; number++) {
      const upload_id = await this.upload(number);
      photos.push({ upload_id, caption: `Photo ${number}`, alt_text: `A plain colour, number ${number}` });
    }
    await this.call('PUT', `/listings/${data.id}/photos`, { photos }, { 'if-match': etag });
    await this.call('PUT', `/listings/${data.id}/price`, price);
    await this.submit(data.id);
    return data.id;
  }

  private async upload(number: number): Promise<string> {
    const bytes = Buffer.from(await this.page.evaluate(paint, number), 'base64');
    const key = { 'idempotency-key': crypto.randomUUID() };
    const { data } = await this.call<{
      upload: { id: string };
      upload_url: string;
      headers: Record<string, string>;
    }>('POST', '/uploads', { content_type: 'image/jpeg', size_bytes: bytes.length }, key);
    const put = await this.request.put(data.upload_url, { data: bytes, headers: data.headers });
    expect(put.ok(), `the upload: ${put.status()}`).toBe(true);
    await this.call('POST', `/uploads/${data.upload.id}/complete`);
    const state = async () =>
      (await this.call<{ status: string }>('GET', `/uploads/${data.upload.id}`)).data.status;
    await expect.poll(state, { timeout: 30_000 }).toBe('ready');
    return data.upload.id;
  }
}

const facts = {
  description:
    'Two rooms around a quiet courtyard, ten minutes on foot from the river. The kitchen has a window.',
  property_type: 'apartment',
  room_type: 'entire_place',
  max_guests: 4,
  bedrooms: 2,
  beds: 3,
  bathrooms: 1,
  address: {
    line: 'Rua da Bica 12',
    city: 'Lisbon',
    region: 'Lisboa',
    postal_code: '1200-054',
    country_code: 'PT',
  },
  location: { lat: 38.7109, lng: -9.1459 },
};
const price = {
  currency: 'EUR',
  nightly_minor: 12_600,
  cleaning_minor: 0,
  included_guests: 4,
  extra_guest_minor: 0,
  tax_bps: 0,
};

// A photograph, as far as the upload needs one; made in the browser.
function paint(number: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const brush = canvas.getContext('2d');
  if (!brush) return '';
  brush.fillStyle = `hsl(${number * 60} 40% 60%)`;
  brush.fillRect(0, 0, 640, 480);
  brush.fillStyle = 'white';
  brush.fillRect(number * 40, number * 30, 200, 160);
  return canvas.toDataURL('image/jpeg').split(',')[1] ?? '';
}

test('a listing is sent back with a note, handed in again and approved, with keys alone', async ({
  browser,
}) => {
  const host = await Host.arrives(browser);
  const id = await host.handsIn('A flat that needs a better name');
  const admin = await demo(browser, 'admin');
  await admin.goto(`/admin/verifications?id=${id}`);
  await expect(admin.getByRole('heading', { name: 'A flat that needs a better name' })).toBeVisible();

  await opens(() => admin.keyboard.press('?'), admin.getByRole('dialog', { name: 'Keys' }));
  await admin.keyboard.press('Escape');

  const dialog = admin.getByRole('dialog', { name: 'Send back to the host' });
  await opens(() => admin.keyboard.press('r'), dialog);
  await dialog.getByRole('button', { name: 'Send back' }).click();
  await expect(dialog.getByText('Please choose a reason')).toBeVisible();
  await dialog.getByLabel('Reason').selectOption('misleading');
  await dialog.getByLabel('About').selectOption('title');
  await dialog.getByLabel('What the host should change').fill('Say what it is, not what it needs.');
  await dialog.getByRole('button', { name: 'Send back' }).click();
  await expect(admin.getByText('is sent back to its host')).toBeVisible();
  const listing = await host.listing(id);
  expect(listing.status).toBe('rejected');
  expect(listing.review?.notes).toEqual([{ field: 'title', note: 'Say what it is, not what it needs.' }]);

  await host.rename(id, 'A flat with a quiet courtyard');
  await host.submit(id);
  await admin.goto(`/admin/verifications?id=${id}`);
  await expect(admin.getByRole('heading', { name: 'A flat with a quiet courtyard' })).toBeVisible();
  await opens(
    () => admin.keyboard.press('a'),
    admin.getByRole('alertdialog', { name: 'Publish this listing?' }),
  );
  await admin.keyboard.press('Enter');
  await expect(admin.getByText('“A flat with a quiet courtyard” is live.')).toBeVisible();
  expect((await host.listing(id)).status).toBe('live');
});

test('a change is shown beside what is live, and one that moved on is read again', async ({ browser }) => {
  const host = await Host.arrives(browser);
  const id = await host.handsIn('A loft above the old harbour');
  const admin = await demo(browser, 'admin');
  await admin.goto(`/admin/verifications?id=${id}`);
  await approve(admin);
  await expect(admin.getByText('“A loft above the old harbour” is live.')).toBeVisible();

  await host.rename(id, 'A loft above the new harbour');
  await admin.goto(`/admin/verifications?id=${id}`);
  const title = admin.getByRole('region', { name: 'Title' });
  await expect(title.locator('del')).toHaveText('old');
  await expect(title.locator('ins')).toHaveText('new');

  await host.rename(id, 'A loft above the quiet harbour');
  await approve(admin);
  await expect(admin.getByText('It has changed since you looked')).toBeVisible();
  await admin.getByRole('button', { name: 'Read it again' }).click();
  await expect(title.locator('ins')).toHaveText('quiet');
  expect((await host.listing(id)).title).toBe('A loft above the old harbour');

  await approve(admin);
  await expect(admin.getByText('The change of “A loft above the quiet harbour” is live.')).toBeVisible();
  expect((await host.listing(id)).title).toBe('A loft above the quiet harbour');
});

test('an account is found, locked with a reason, and let in again', async ({ browser }) => {
  const context = await browser.newContext();
  const person = await makeAccount(context.request, 'guest');
  await signIn(context, person.email);
  const admin = await demo(browser, 'admin');
  await admin.goto('/admin/users');
  await admin.getByLabel('E-mail address or name').fill(person.email.slice(0, -5));
  await admin.getByRole('button', { name: 'Search' }).click();
  await admin.getByRole('link', { name: person.name }).click();
  await expect(admin.getByRole('heading', { name: person.name })).toBeVisible();

  const dialog = admin.getByRole('alertdialog');
  await opens(() => admin.getByRole('button', { name: 'Lock', exact: true }).click(), dialog);
  await dialog.getByRole('button', { name: 'Lock the account' }).click();
  await expect(dialog.getByText('Please write the reason')).toBeVisible();
  await dialog.getByLabel('Reason').fill('Reported by two hosts.');
  await dialog.getByRole('button', { name: 'Lock the account' }).click();
  await expect(admin.getByRole('button', { name: 'Unlock' })).toBeVisible();
  await expect(admin.getByText('This account is signed in nowhere.')).toBeVisible();
  await expect(
    admin.getByRole('table', { name: 'What was done to it' }).getByText('Reported by two hosts.'),
  ).toBeVisible();
  await expect.poll(async () => (await context.request.get('/api/v1/users/me')).status()).toBe(401);

  await admin.getByRole('button', { name: 'Unlock' }).click();
  await dialog.getByLabel('Reason').fill('It was a mistake.');
  await dialog.getByRole('button', { name: 'Unlock the account' }).click();
  await expect(admin.getByRole('button', { name: 'Lock', exact: true })).toBeVisible();
  await signIn(context, person.email);
});

test('the keys can be switched off', async ({ browser }) => {
  const admin = await demo(browser, 'admin');
  const host = await Host.arrives(browser);
  const id = await host.handsIn('A house with many keys');
  await admin.goto(`/admin/verifications?id=${id}`);
  const keys = admin.getByRole('dialog', { name: 'Keys' });
  await opens(() => admin.getByRole('button', { name: 'Keys' }).click(), keys);
  await admin.getByRole('checkbox', { name: /Use single keys/ }).uncheck();
  await admin.getByRole('button', { name: 'Done' }).click();
  await expect(keys).toBeHidden();
  await admin.keyboard.press('a');
  await expect(admin.getByRole('alertdialog')).toBeHidden();
  await admin.getByRole('button', { name: 'Keys' }).click();
  await admin.getByRole('checkbox', { name: /Use single keys/ }).check();
  await admin.getByRole('button', { name: 'Done' }).click();
  await opens(() => admin.keyboard.press('a'), admin.getByRole('alertdialog'));
});

test('lists keep their filters in the address, and guests are not let in', async ({ browser }) => {
  const admin = await demo(browser, 'admin');
  await admin.goto('/admin/bookings');
  await expect(async () => {
    await admin.getByLabel('State').selectOption('');
    await admin.getByLabel('State').selectOption('CONFIRMED');
    await expect(admin).toHaveURL(/status=CONFIRMED/, { timeout: 2000 });
  }).toPass();
  const first = admin.getByRole('table', { name: 'Bookings' }).getByRole('link').first();
  const code = (await first.textContent()) ?? '';
  await first.click();
  await expect(admin.getByRole('heading', { name: `Booking ${code}` })).toBeVisible();
  await admin.goBack();
  await expect(admin.getByLabel('State')).toHaveValue('CONFIRMED');
  await admin.goto('/admin/audit-log?target_id=nonsense');
  await expect(admin.getByLabel('Id of the thing')).toHaveAttribute('aria-invalid', 'true');

  const guest = await demo(browser, 'guest');
  const answer = await guest.goto('/admin/users');
  expect(answer?.status()).toBe(403);
  await expect(guest.getByRole('heading', { name: 'This page is not for your account' })).toBeVisible();
});
