import { type Browser, expect, type Page, test } from '@playwright/test';

import { approve } from './dialogs';
import { arrives, heading } from './people';
import { photosOf, saved } from './places';
import { press, submit } from './stays';
import { day, demo, mailTo, type Person } from './support';

/** One stay from the first registration to the confirmation: a guest, a host and an admin, each in a browser of their own, at once. */

type Place = { title: string; id: string };

const [checkIn, checkOut] = [day(33), day(36)];

test('guest, host and admin meet: from registration to a confirmed stay, with the mails', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const [guestPage, hostPage] = await Promise.all([opened(browser), opened(browser)]);
  const [guest, host, admin] = await Promise.all([
    arrives(guestPage, 'guest'),
    arrives(hostPage, 'host'),
    demo(browser, 'admin'),
  ]);

  const place = await lists(hostPage, host);
  await verifies(admin, place);
  await expect(async () => {
    await hostPage.goto(`/host/listings/${place.id}?step=publish`);
    await expect(hostPage.getByText('This listing is live')).toBeVisible({ timeout: 1000 });
  }).toPass();

  await finds(guestPage, place);
  const trip = await requests(guestPage, place);
  await confirms(hostPage, host, guest, place);

  await guestPage.reload();
  await expect(guestPage.getByRole('heading', { name: 'Your stay is confirmed' })).toBeVisible();
  await expect(guestPage.getByText('Rua da Bica 12')).toBeVisible();
  const { subject, text } = await mailTo(guestPage.request, guest.email, /Your stay is confirmed/);
  expect(subject).toBe(`Confirmed: ${place.title}`);
  expect(text).toMatch(/Total\s+303\.69 EUR/);
  const link = /\S+\/trips\/[0-9a-f-]{36}/.exec(text)?.[0] ?? '';
  await guestPage.goto(link);
  await expect(guestPage).toHaveURL(trip);
  await expect(guestPage.getByRole('heading', { name: 'Your stay is confirmed' })).toBeVisible();

  await nobodyElseGets(browser, place);
});

/** A window without motion: what moves is where it goes at once. */
async function opened(browser: Browser): Promise<Page> {
  return (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
}

/** The host makes a listing with the editor, step by step, and hands it in. */
async function lists(page: Page, host: Person): Promise<Place> {
  const title = `Balcony over the trams ${host.name.split(' ').at(-1)}`;
  await page.goto('/host');
  await page.getByRole('link', { name: 'Start your first listing' }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByRole('radio', { name: 'Loft', exact: true }).check({ force: true });
  await page.getByLabel('Country').selectOption('PT');
  await page.getByLabel('Street and number').fill('Rua da Bica 12');
  await page.getByLabel('City', { exact: true }).fill('Lisbon');
  await page.getByRole('button', { name: 'Show the city on the map' }).click();
  await expect(page.getByText('The map shows Lisbon.')).toBeVisible();
  const longitude = page.getByLabel('Longitude');
  await expect(longitude).toHaveValue(/^-9\.\d+$/);
  const middle = await longitude.inputValue();
  const map = page.getByRole('region', { name: /^The place on the map/ });
  await expect(map).toBeVisible({ timeout: 20_000 });
  await expect(async () => {
    await map.focus();
    await page.keyboard.press('ArrowRight');
    await expect(longitude).not.toHaveValue(middle, { timeout: 2000 });
  }).toPass();
  await page.getByRole('button', { name: 'Start the listing' }).click();
  await expect(heading(page, title)).toBeVisible();
  const id = /\/host\/listings\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';

  const description = 'Two rooms under the roof; from the balcony one sees the yellow trams climb. '.repeat(
    2,
  );
  await page.getByRole('textbox', { name: 'Description' }).fill(description);
  await step(page, 'Capacity');
  const more = page.getByRole('button', { name: /^Increase\s*Guests/ });
  await more.click();
  await more.click();
  await expect(page.getByRole('textbox', { name: /^Guests/ })).toHaveValue('4');
  await step(page, 'Amenities');
  for (const amenity of ['Wi-Fi', 'Kitchen', 'Balcony'])
    await page.getByRole('checkbox', { name: amenity, exact: true }).check({ force: true });
  await step(page, 'Photos');
  await page.locator('input[type=file]').setInputFiles(photosOf('city'));
  await expect(page.getByText('5 photos, all ready.')).toBeVisible({ timeout: 90_000 });
  await step(page, 'Price');
  await page.getByLabel('A night, in EUR').fill('95.50');
  await page.getByLabel('Tax in per cent').fill('6');
  await step(page, 'Rules');
  await page.getByRole('radio', { name: /You answer each request/ }).check();
  await page.getByLabel('House rules').fill('Shoes off, and quiet after ten.');
  await saved(page);
  await step(page, 'Publish');
  await expect(page.getByRole('heading', { name: 'Everything is there' })).toBeVisible();
  await page.getByRole('button', { name: 'Hand in for verification' }).click();
  await expect(page.getByText('This listing is being verified')).toBeVisible();
  return { title, id };
}

async function step(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps of the listing' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeFocused();
}

/** The admin turns the pages of the queue until the listing is there, reads it and publishes it. */
async function verifies(page: Page, { title }: Place): Promise<void> {
  await page.goto('/admin/verifications');
  const queue = page.getByRole('navigation', { name: 'Queue' });
  const entry = queue.getByRole('link', { name: title });
  const next = queue.getByRole('link', { name: /Next/ });
  await expect(queue.getByRole('listitem').first()).toBeVisible();
  while ((await entry.count()) === 0) {
    const before = page.url();
    await next.click();
    await expect(page).not.toHaveURL(before);
    await expect(queue.getByRole('listitem').first()).toBeVisible();
  }
  await entry.click();
  await expect(page.getByRole('heading', { name: title })).toBeVisible();
  await approve(page);
  await expect(page.getByText(`“${title}” is live.`)).toBeVisible();
}

/** The guest looks for it until the search knows it, which is a moment later, and opens it. */
async function finds(page: Page, { title, id }: Place): Promise<void> {
  await page.goto('/');
  await page.getByRole('combobox', { name: 'Where to' }).fill(title);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/\/stays\?/);
  const card = page.getByRole('article').filter({ hasText: title });
  await expect
    .poll(
      async () => {
        await page.reload();
        return card.count();
      },
      { message: 'the new listing among the results', timeout: 60_000 },
    )
    .toBe(1);
  await card.getByRole('heading').getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/listings/${id}`));
  await expect(heading(page, title)).toBeVisible();
}

/** The guest chooses dates, sees what they cost, and asks for them. Gives the address of the trip. */
async function requests(page: Page, { title }: Place): Promise<string> {
  await page.getByRole('link', { name: 'Choose dates' }).first().click();
  await expect(page.locator('#dates').getByRole('grid')).toHaveCount(2);
  await press(page, checkIn);
  await expect(page.getByText(/Choose the check-out/)).toBeVisible();
  await press(page, checkOut);
  const panel = page.getByRole('region', { name: 'Your stay' });
  // Three nights at 95.50 and 6 per cent of tax.
  await expect(panel.getByText('€286.50')).toBeVisible();
  await expect(panel.getByText('€303.69').first()).toBeVisible();
  await panel.getByRole('link', { name: 'Request to book' }).click();
  await expect(heading(page, 'Request to book')).toBeVisible();
  await page.getByLabel(/^Message to/).fill('We come by the night train.');
  await submit(page).click();
  await expect(page).toHaveURL(/\/trips\/[0-9a-f-]{36}$/);
  await expect(heading(page, new RegExp(title))).toBeVisible();
  await expect(page.getByRole('heading', { name: /is looking at your request/ })).toBeVisible();
  await expect(page.getByText('Rua da Bica 12')).toHaveCount(0);
  return page.url();
}

/** The host reads of the request in a mail, follows its link, and says yes. */
async function confirms(page: Page, host: Person, guest: Person, { title }: Place): Promise<void> {
  const { text } = await mailTo(page.request, host.email, /We come by the night train/);
  expect(text).toContain(guest.name);
  await page.goto('/host');
  const waiting = page.getByRole('region', { name: 'Waiting for your answer' });
  await expect(waiting.getByText('“We come by the night train.”')).toBeVisible();
  await expect(waiting.getByText(title)).toBeVisible();
  await page.goto(/\S+\/host\/bookings\/[0-9a-f-]{36}/.exec(text)?.[0] ?? '');
  await page.getByRole('button', { name: `Confirm ${guest.name}` }).click();
  await expect(page.getByText('Confirmed', { exact: true }).first()).toBeVisible();
}

/** These nights belong to one guest: a visitor reads that they are taken. */
async function nobodyElseGets(browser: Browser, { id }: Place): Promise<void> {
  const visitor = await opened(browser);
  await visitor.goto(`/listings/${id}?check_in=${checkIn}&check_out=${checkOut}&guests=1`);
  const panel = visitor.getByRole('region', { name: 'Your stay' });
  await expect(panel.getByText('These nights are taken')).toBeVisible();
  await visitor.context().close();
}
