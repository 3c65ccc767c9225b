import { type Browser, expect, type Page } from '@playwright/test';

import { test } from './apart';
import { enter, heading } from './people';
import { ask, call, hostWithDraft, photo, saved } from './places';
import { bookings, checkout, freeStay, type Stay, submit } from './stays';
import { day, demo, makeAccount, password, signIn } from './support';

/**
 * What goes wrong around people: each is answered in a sentence, keeps what was typed and books nothing twice. booking.spec.ts has
 * lost answers, the way back, and nights that somebody else takes meanwhile; host.spec.ts the editor after its session has ended and in
 * two tabs; account.spec.ts two tabs of one account.
 */

/** Days ahead: nights that the other journeys leave alone. */
const ahead = 80;

const down = /cannot show this right now|cannot be shown right now/;

async function guest(page: Page): Promise<string> {
  const { email } = await makeAccount(page.request, 'guest');
  await signIn(page.context(), email);
  return email;
}

const said = (page: Page, hasText: string) => page.getByRole('alert').filter({ hasText });

const trip = /\/trips\/[0-9a-f-]{36}$/;

async function bookedOnce(page: Page, stay: Stay): Promise<void> {
  await expect(page).toHaveURL(trip);
  expect(await bookings(page, stay)).toHaveLength(1);
}

test.describe('the API is down', () => {
  test('every page says so, and is there as soon as the API is', async ({ apart, browser, request }) => {
    test.setTimeout(120_000);
    const stay = await freeStay(request, 'request', ahead);
    const pages: [Page, string, RegExp][] = [
      [await (await browser.newContext()).newPage(), '/stays?sort=newest', /[Ss]tays/],
      [await (await browser.newContext()).newPage(), `/listings/${stay.id}`, /./],
      [await demo(browser, 'guest'), '/trips', /^Trips$/],
      [await demo(browser, 'guest'), checkout(stay), /Request to book|Your booking/],
      [await demo(browser, 'host'), '/host', /^Today$/],
      [await demo(browser, 'admin'), '/admin', /./],
    ];
    for (const [page, path, title] of pages) {
      await apart.gate.shut();
      await page.goto(apart.url + path);
      await expect(heading(page, down), path).toBeVisible();
      await apart.gate.open();
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(heading(page, down), path).toHaveCount(0);
      await expect(heading(page, title), path).toBeVisible();
      await page.context().close();
    }
  });

  test('the first page stays of use, and says what is missing', async ({ apart, page }) => {
    await apart.gate.shut();
    const answer = await page.goto(apart.url);
    expect(answer?.status()).toBe(200);
    await expect(heading(page, 'Somewhere good to stay, and only yours')).toBeVisible();
    await expect(page.getByText('Places cannot be shown right now')).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Where to' })).toBeVisible();
  });

  test('a form keeps what was typed until somebody answers', async ({ apart, page, request }) => {
    const { email } = await makeAccount(request, 'guest');
    await page.goto(`${apart.url}/sign-in?next=%2Faccount`);
    await apart.gate.shut();
    await enter(page, email, password);
    await expect(said(page, 'Rentora cannot be reached right now.')).toBeVisible();
    await expect(page.getByLabel('E-mail address')).toHaveValue(email);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(password);
    await apart.gate.open();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(heading(page, 'Your account')).toBeVisible();
  });

  test('a request to book is sent again, and books once', async ({ apart, page, request }) => {
    await guest(page);
    const stay = await freeStay(request, 'request', ahead);
    await page.goto(apart.url + checkout(stay));
    const message = page.getByLabel(/^Message to/);
    await message.fill('Sent into the silence.');
    await apart.gate.shut();
    await submit(page).click();
    await expect(said(page, 'No answer came')).toBeVisible();
    await expect(message).toHaveValue('Sent into the silence.');
    expect(await bookings(page, stay)).toHaveLength(0);
    await apart.gate.open();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await bookedOnce(page, stay);
    await expect(page.getByText('Sent into the silence.')).toBeVisible();
  });
});

test.describe('the network is slow', () => {
  test('a press is shown to be under way, and a second one does nothing', async ({ page, request }) => {
    await guest(page);
    const stay = await freeStay(request, 'request', ahead);
    await page.goto(checkout(stay));
    let sent = 0;
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route('**/api/v1/bookings', async (route) => {
      sent++;
      await held;
      await route.continue();
    });
    await submit(page).click();
    const pending = page.getByRole('button', { name: 'Sending the request' });
    await expect(pending).toHaveAttribute('aria-busy', 'true');
    await expect(pending).toBeFocused();
    await pending.click({ force: true });
    await page.keyboard.press('Enter');
    release();
    await bookedOnce(page, stay);
    expect(sent).toBe(1);
  });

  test('a page that is on its way shows its outline', async ({ apart, browser }) => {
    const page = await demo(browser, 'guest');
    await page.goto(`${apart.url}/account`);
    const release = apart.gate.hold(/\/api\/v1\/bookings\?/);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('link', { name: 'Trips' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Your trips are loading' })).toBeVisible();
    await expect(heading(page, 'Trips')).toHaveCount(0);
    release();
    await expect(heading(page, 'Trips')).toBeVisible();
    await page.context().close();
  });
});

test.describe('the browser is offline', () => {
  test('the checkout says so, keeps what was typed, and books once afterwards', async ({
    page,
    context,
    request,
  }) => {
    await guest(page);
    const stay = await freeStay(request, 'request', ahead);
    await page.goto(checkout(stay));
    const message = page.getByLabel(/^Message to/);
    await message.fill('Typed in a tunnel.');
    await context.setOffline(true);
    const bar = page.getByRole('status').filter({ hasText: 'You are offline' });
    await expect(bar).toBeVisible();
    await submit(page).click();
    await expect(said(page, 'You are offline')).toBeVisible();
    await expect(message).toHaveValue('Typed in a tunnel.');
    await context.setOffline(false);
    await expect(bar).toHaveCount(0);
    await submit(page).click();
    await bookedOnce(page, stay);
  });

  test('the editor keeps what was typed and saves it by itself afterwards', async ({
    page,
    context,
    request,
  }) => {
    const id = await hostWithDraft(page, request);
    await page.goto(`/host/listings/${id}`);
    const title = page.getByRole('textbox', { name: 'Title' });
    await expect(async () => {
      await title.fill('Saved before the tunnel');
      await saved(page);
    }).toPass();
    await context.setOffline(true);
    await title.fill('Typed in the tunnel');
    await expect(page.getByText('Not saved: You seem to be offline.', { exact: false })).toBeVisible();
    await context.setOffline(false);
    await saved(page);
    await page.reload();
    await expect(title).toHaveValue('Typed in the tunnel');
  });
});

test('two tabs that book the same stay at once book it once, and both show it', async ({
  page,
  context,
  request,
}) => {
  await guest(page);
  const stay = await freeStay(request, 'instant', ahead);
  const other = await context.newPage();
  await page.goto(checkout(stay));
  await other.goto(checkout(stay));
  await Promise.all([submit(page).click(), submit(other).click()]);
  await expect(other).toHaveURL(trip);
  await bookedOnce(page, stay);
  expect(other.url()).toBe(page.url());
});

test('what is typed before the scripts of a page have come is not lost', async ({ page, request }) => {
  const host = await makeAccount(request, 'host');
  await signIn(page.context(), host.email);
  let come = () => {};
  const typed = new Promise<void>((resolve) => (come = resolve));
  await page.route(/\.js/, async (route) => {
    await typed;
    await route.continue();
  });
  await page.goto('/host/listings/new', { waitUntil: 'commit' });
  await page.getByLabel('Title').fill('Typed early');
  await page.getByLabel('Postal code').fill('1200-001');
  await page.getByLabel('City', { exact: true }).fill('Lisbon');
  await page.getByLabel('Latitude').fill('38.7109');
  come();
  // The countries are there as soon as the page lives.
  await page.getByLabel('Country').selectOption('PT');
  await page.getByRole('button', { name: 'Start the listing' }).click();
  await expect(page.getByLabel('Longitude')).toBeFocused();
  await expect(page.getByLabel('Title')).toHaveValue('Typed early');
  await expect(page.getByLabel('Postal code')).toHaveValue('1200-001');
  await expect(page.getByLabel('City', { exact: true })).toHaveValue('Lisbon');
  await expect(page.getByLabel('Latitude')).toHaveValue('38.7109');
  await expect(page.getByLabel('Title')).not.toHaveAttribute('aria-invalid');
});

test('a double click starts one listing', async ({ page, request }) => {
  const host = await makeAccount(request, 'host');
  await signIn(page.context(), host.email);
  await page.goto('/host/listings/new');
  const start = page.getByRole('button', { name: 'Start the listing' });
  await page.getByLabel('Title').fill('One house and no more');
  await page.getByLabel('Country').selectOption('PT');
  await page.getByLabel('City', { exact: true }).fill('Lisbon');
  await page.getByLabel('Latitude').fill('38.7109');
  await page.getByLabel('Longitude').fill('-9.1459');
  await start.dblclick();
  await expect(heading(page, 'One house and no more')).toBeVisible();
  expect(await call<unknown[]>(page, 'get', '/listings')).toHaveLength(1);
});

test('a session that ended at the checkout is renewed by signing in, and what was typed is there', async ({
  page,
  context,
  request,
}) => {
  const email = await guest(page);
  const stay = await freeStay(request, 'request', ahead);
  await page.goto(checkout(stay));
  await page.getByLabel(/^Message to/).fill('Typed before the end.');
  await context.clearCookies();
  await submit(page).click();
  const alert = said(page, 'You are signed out');
  await expect(alert).toContainText('Nothing was booked, and nothing that you typed is lost.');
  await alert.getByRole('link', { name: 'Sign in and come back' }).click();
  await enter(page, email, password);
  await expect(page.getByLabel(/^Message to/)).toHaveValue('Typed before the end.');
  expect(await bookings(page, stay)).toHaveLength(0);
  await submit(page).click();
  await bookedOnce(page, stay);
});

test('a link to a stay leads its guest there through the sign-in, and nobody else', async ({
  page,
  browser,
  request,
}) => {
  const email = await guest(page);
  const stay = await freeStay(request, 'request', ahead);
  const id = await ask(page, stay.id, ahead);

  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`/trips/${id}`);
  await expect(visitor).toHaveURL(/\/sign-in\?next=/);
  await enter(visitor, email, password);
  await expect(visitor).toHaveURL(new RegExp(`/trips/${id}$`));
  await expect(heading(visitor, new RegExp(stay.title.slice(0, 20)))).toBeVisible();

  for (const [role, path] of [
    ['guest', `/trips/${id}`],
    ['host', `/host/bookings/${id}`],
  ] as const) {
    const stranger = await strangerOf(browser, role);
    await stranger.goto(path);
    await expect(heading(stranger, 'There is nothing at this address')).toBeVisible();
    await expect(stranger.getByText('it may belong to somebody else', { exact: false })).toBeVisible();
    await stranger.context().close();
  }
});

async function strangerOf(browser: Browser, role: 'guest' | 'host'): Promise<Page> {
  const context = await browser.newContext();
  await signIn(context, (await makeAccount(context.request, role)).email);
  return context.newPage();
}

test('a link to the checkout of nights that are taken offers others', async ({ page, browser, request }) => {
  const stay = await freeStay(request, 'instant', ahead);
  await ask(await strangerOf(browser, 'guest'), stay.id, ahead);
  await guest(page);
  await page.goto(checkout(stay));
  const alert = said(page, 'these nights are taken');
  await expect(alert).toContainText('Nothing was booked.');
  await alert.getByRole('link').first().click();
  await expect(page).not.toHaveURL(new RegExp(`check_in=${day(ahead)}`));
  await expect(submit(page)).toBeVisible();
});

test('files that are too large, of another kind or torn are refused, each with the reason', async ({
  page,
  request,
}) => {
  const id = await hostWithDraft(page, request);
  await page.goto(`/host/listings/${id}?step=photos`);
  const whole = photo('whole', [120, 160, 200]);
  const large = Buffer.alloc(26 * 1024 * 1024);
  large.set([0xff, 0xd8, 0xff]);
  await page
    .locator('input[type=file]')
    .setInputFiles([
      { name: 'panorama.jpg', mimeType: 'image/jpeg', buffer: large },
      { name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Dear guests') },
      { name: 'torn.png', mimeType: 'image/png', buffer: whole.buffer.subarray(0, 300) },
      whole,
    ]);
  const tile = (name: RegExp) => page.getByRole('row', { name });
  await expect(tile(/panorama/)).toContainText('This file has 26 MiB; at most 25 MiB can be uploaded.');
  await expect(tile(/letter/)).toContainText('This is no photo that we can read.');
  await expect(page.getByText('4 photos, 1 ready.')).toBeVisible({ timeout: 60_000 });
  await expect(tile(/torn/)).toContainText('could not be read', { timeout: 60_000 });
});
