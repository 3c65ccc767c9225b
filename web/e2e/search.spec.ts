import { expect, type Page, test } from '@playwright/test';

import { day, settle } from './support';

/** Looking for a stay, as people do it: with the keyboard and the pointer, on a phone, with and without JavaScript. */

const found = /\d+ stays? found/;

/** Opens a page and waits until it is alive. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('[data-live]').first()).toBeAttached();
}

test('a place is suggested, chosen with the keyboard, and found', async ({ page }) => {
  await visit(page, '/');
  const where = page.getByRole('combobox', { name: 'Where to' });
  await where.fill('lisb');
  const option = page.getByRole('option', { name: /Lisbon/ }).first();
  await expect(option).toBeVisible();
  await where.press('ArrowDown');
  await expect(where).toHaveAttribute('aria-activedescendant', /./);
  await where.press('Enter');
  await expect(where).toHaveValue(/Lisbon/);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/\/stays\?place=Lisbon.*bbox=/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Stays in Lisbon/);
  await expect(page.getByRole('status').filter({ hasText: found })).toBeVisible();
  await expect(page.getByRole('article').first()).toContainText('Lisbon');
});

test('dates are chosen in the calendar, and prices become totals', async ({ page }) => {
  await visit(page, '/stays');
  await page.getByRole('button', { name: /Check-in/ }).click();
  const calendar = page.getByRole('dialog', { name: 'Check-in and check-out' });
  await expect(calendar.getByRole('grid')).toHaveCount(2);
  await calendar.getByRole('button', { name: 'Next' }).first().click();
  const days = calendar.getByRole('grid').first().getByRole('button');
  await days.nth(9).click();
  await days.nth(12).click();
  await expect(calendar.getByText('3 nights')).toBeVisible();
  await calendar.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'One guest more' }).click();
  await page.getByRole('button', { name: 'One guest more' }).click();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/check_in=.*check_out=.*guests=2/);
  await expect(page.getByRole('article').first()).toContainText('for 3 nights');
});

test('filters count what they leave before they are used, and each can be taken back', async ({ page }) => {
  await visit(page, '/stays');
  await page.getByRole('button', { name: /^Filters/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Filters' });
  const show = sheet.getByRole('button', { name: /^Show/ });
  const before = await show.textContent();
  await sheet.getByRole('checkbox', { name: /^Pool/ }).check({ force: true });
  await expect(show).not.toHaveText(before ?? '');
  const promised = (await show.textContent())?.match(/[\d,]+/)?.[0] ?? '';
  await show.click();
  await expect(page).toHaveURL(/amenities=pool/);
  await expect(page.getByRole('status').filter({ hasText: `${promised} stay` })).toBeVisible();
  await page.getByRole('link', { name: 'Remove filter Pool' }).click();
  await expect(page).not.toHaveURL(/amenities/);
  await page.goBack();
  await expect(page).toHaveURL(/amenities=pool/);
});

test('a filter above the results keeps its place and the focus, so that the next press takes it back', async ({
  page,
}) => {
  await visit(page, '/stays');
  const chip = page.getByRole('group', { name: 'Filters' }).getByRole('link', { name: /Wi-Fi/ });
  await chip.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/amenities=wifi/);
  await expect(chip).toHaveAccessibleName('Remove filter Wi-Fi');
  await expect(chip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/amenities/);
  await expect(chip).toHaveAccessibleName(/^Only with Wi-Fi [\d,]+$/);
  await expect(chip).toBeFocused();
  const box = await chip.boundingBox();
  if (!box) throw new Error('the filter is not to be seen');
  const press = () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await press();
  await expect(chip).toHaveAccessibleName('Remove filter Wi-Fi');
  await expect(page).toHaveURL(/amenities=wifi/);
  await press();
  await expect(chip).toHaveAccessibleName(/^Only with Wi-Fi [\d,]+$/);
});

test('a filter that is taken back where nothing was found keeps the focus', async ({ page }) => {
  await settle(page, '/stays?q=qqqqxyzzy&amenities=wifi');
  const chip = page.getByRole('group', { name: 'Filters' }).getByRole('link', { name: /Wi-Fi/ });
  await expect(page.getByText('No stays found')).toBeVisible();
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/_rsc=/, async (route) => {
    await asked;
    await route.continue();
  });
  await chip.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Looking for stays…').first()).toBeVisible();
  await expect(chip).toBeFocused();
  answer();
  await expect(page).not.toHaveURL(/amenities/);
});

test('the photographs of a card are turned in it', async ({ page }) => {
  await visit(page, '/stays?q=Lisbon');
  const card = page.getByRole('article').first();
  await card.hover();
  await card.getByRole('button', { name: /^Next photo/ }).click();
  const shown = () =>
    card
      .getByRole('img')
      .nth(1)
      .evaluate((image) => image.getBoundingClientRect().left);
  const left = async () => (await card.boundingBox())?.x ?? -1;
  await expect.poll(async () => Math.abs((await shown()) - (await left()))).toBeLessThan(20); // it grows a little under the pointer
  expect(page.url()).toContain('/stays?q=Lisbon');
});

test('pins and cards know each other, and moving the map looks there', async ({ page }) => {
  await visit(page, '/stays?q=Lisbon');
  const map = page.getByRole('region', { name: 'Map of the stays' }).first();
  const card = page.getByRole('article').first();
  const title = (await card.getByRole('heading').textContent()) ?? '';
  const pin = map.getByRole('button', { name: title.trim() }).first();
  await expect(pin).toBeVisible({ timeout: 20_000 });
  await card.hover();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await map.getByRole('region').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/bbox=/);
});

test('the map has its place beside the list before it is there', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  // As far as a slow connection has brought the page when the first of it is painted.
  await context.route(/\/stays\?/, async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    const body = text.slice(0, text.indexOf('<section aria-label="Map of the stays"'));
    await route.fulfill({ response: answer, body });
  });
  await context.route(/\.js/, (route) => route.abort());
  const page = await context.newPage();
  await page.goto('/stays?q=Lisbon');
  const list = page
    .getByRole('main')
    .getByRole('list')
    .filter({ has: page.getByRole('article') });
  await expect(list).toBeVisible();
  await expect(page.getByRole('region', { name: 'Map of the stays' })).toHaveCount(0);
  expect((await list.boundingBox())?.width).toBeLessThan(0.65 * 1440);
  await context.close();
});

test('without WebGL the list stands alone', async ({ playwright, launchOptions, baseURL }) => {
  const args = (launchOptions.args ?? []).filter((one) => !one.includes('swiftshader'));
  const browser = await playwright.chromium.launch({
    ...launchOptions,
    args: [...args, '--disable-gpu', '--disable-3d-apis'],
  });
  const page = await browser.newPage({ baseURL, ignoreHTTPSErrors: true });
  await visit(page, '/stays?q=Lisbon');
  await expect(page.getByRole('article').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Map of the stays' })).toHaveCount(0, { timeout: 20_000 });
  const clientWidth = await page.evaluate(() => document.documentElement.clientWidth);
  const list = page
    .getByRole('main')
    .getByRole('list')
    .filter({ has: page.getByRole('article') });
  await expect.poll(async () => (await list.boundingBox())?.width).toBeGreaterThan(0.8 * clientWidth);
  await page.getByRole('article').first().getByRole('link').first().click();
  await expect(page).toHaveURL(/\/listings\//);
  await browser.close();
});

test('going back from a stay leads to where the list was', async ({ page }) => {
  await visit(page, '/stays');
  const card = page.getByRole('article').nth(9);
  await card.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  expect(before).toBeGreaterThan(200);
  await card.getByRole('heading').getByRole('link').click();
  await expect(page).toHaveURL(/\/listings\//);
  await page.goBack();
  await expect(page).toHaveURL(/\/stays/);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before - 50);
});

test('a page that is on its way shows its shape at once', async ({ page }) => {
  await visit(page, '/');
  const cover = page.locator('[data-arriving]');
  for (const [to, of, press] of [
    ['/stays', 'results', () => page.getByRole('button', { name: 'Search', exact: true }).click()],
    ['/listings/', 'listing', () => page.getByRole('article').first().getByRole('link').click()],
  ] as const) {
    let arrive = () => {};
    const held = new Promise<void>((resolve) => (arrive = resolve));
    const before = page.url();
    await page.route(
      (url) => url.pathname.startsWith(to) && url.searchParams.has('_rsc'),
      async (route) => {
        await held;
        await route.continue();
      },
    );
    await press();
    await expect(cover).toBeVisible();
    await expect(cover).toHaveAttribute('data-arriving', of);
    expect(page.url()).toBe(before);
    arrive();
    await expect(page).toHaveURL(new RegExp(to));
    await expect(cover).toHaveCount(0);
    await page.unrouteAll({ behavior: 'wait' });
  }
  await expect(page.getByRole('region', { name: 'Your stay' })).toBeVisible();
});

test('when nothing fits, the nearest searches that find something are offered', async ({ page }) => {
  await page.goto(
    `/stays?check_in=${day(30)}&check_out=${day(33)}&guests=50&amenities=pool,ski_in_out,sea_view`,
  );
  await expect(page.getByRole('heading', { name: 'Nothing fits all of this' })).toBeVisible();
  await page.getByRole('link', { name: 'Every stay on Rentora' }).click();
  await expect(page).toHaveURL(/\/stays$/);
  await expect(page.getByRole('status').filter({ hasText: found })).toBeVisible();
});

test('an address that means nothing is explained, not refused', async ({ page }) => {
  await page.goto('/stays?check_in=2020-01-01&check_out=2020-01-05&bbox=9,9,9,9&cursor=none&sort=sideways');
  await expect(page.getByText('That check-in has passed already.')).toBeVisible();
  await expect(page.getByRole('article').first()).toBeVisible();
});

test('without JavaScript a stay is found all the same', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('combobox', { name: 'Where to' }).fill('Lisbon');
  await page.getByLabel('Check-in').fill(day(60));
  await page.getByLabel('Check-out').fill(day(62));
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/\/stays\?.*q=Lisbon/);
  await expect(page.getByRole('article').first()).toContainText('for 2 nights');
  await page.getByRole('button', { name: /^Filters/ }).click();
  await page.getByRole('checkbox', { name: /^Wi-Fi/ }).check({ force: true });
  await page.getByRole('button', { name: 'Show stays' }).click();
  await expect(page).toHaveURL(/amenities=wifi/);
  await context.close();
});

test('on a phone the map comes over the list and goes again', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, hasTouch: true });
  const page = await context.newPage();
  await visit(page, '/stays?q=Lisbon');
  const pane = page.getByRole('region', { name: 'Map of the stays' });
  await expect(pane).toBeHidden();
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  await expect(pane.first()).toBeVisible();
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await expect(page.getByRole('article').first()).toBeVisible();
  await context.close();
});
