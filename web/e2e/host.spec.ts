import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';

import { ask, call, draft, hostWithDraft, makeLive, photo, saved } from './places';
import { base, day, demo, makeAccount, signIn } from './support';

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

test('of a point, both parts are kept whatever the order in which they are put right', async ({
  page,
  request,
}) => {
  const id = await hostWithDraft(page, request);
  await page.goto(`/host/listings/${id}?step=place`);
  await page.getByLabel('Latitude').fill('north');
  await page.getByLabel('Longitude').fill('-8.6291');
  await expect(page.getByText('Enter degrees from -90 to 90')).toBeVisible();
  await page.getByLabel('Latitude').fill('41.1579');
  await expect
    .poll(async () => (await call<{ location: unknown }>(page, 'get', `/listings/${id}`)).location)
    .toMatchObject({ lat: 41.1579, lng: -8.6291 });
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
  await ask(guest, id, 30);
  await ask(guest, id, 40);
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
