import { expect, test } from '@playwright/test';

import { bookings, checkout, freeStay, listing, press, submit } from './stays';
import { makeAccount, password, signIn } from './support';

/** From a place to a stay, and what can go wrong on the way: each is answered in a sentence, and nothing is booked twice. */

test('all photos are looked at with the keyboard', async ({ page, request }) => {
  await page.goto(listing(await freeStay(request, 'request')));
  await page.getByRole('link', { name: /^All \d+ photos$/ }).click();
  const photos = page.getByRole('dialog', { name: /^Photos of/ });
  await expect(photos.getByText(/^1 \/ \d+$/)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(photos.getByText(/^2 \/ \d+$/)).toBeVisible();
  await page.keyboard.press('Home');
  await expect(photos.getByText(/^1 \/ \d+$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(photos).toBeHidden();
});

test('a stay is chosen in the calendar, asked for after signing in, and cancelled', async ({
  page,
  request,
}) => {
  const guest = await makeAccount(request, 'guest');
  const stay = await freeStay(request, 'request');
  await page.goto(`/listings/${stay.id}`);
  await page.getByRole('link', { name: 'Choose dates' }).first().click();
  await expect(page.locator('#dates').getByRole('grid')).toHaveCount(2);
  await press(page, stay.check_in);
  await expect(page.getByText(/Choose the check-out|Check-out can only be/)).toBeVisible();
  await press(page, stay.check_out);
  await expect(page).toHaveURL(new RegExp(`check_in=${stay.check_in}&check_out=${stay.check_out}`));
  const panel = page.getByRole('region', { name: 'Your stay' });
  await expect(panel.getByText('Total for 3 nights')).toBeVisible();
  await panel.getByRole('link', { name: 'Request to book' }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel('E-mail').fill(guest.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Request to book' })).toBeVisible();
  await expect(page.getByRole('timer')).toHaveText(/1[45]:\d\d/);
  await page.getByLabel(/^Message to/).fill('Two of us, arriving late.');
  await submit(page).click();
  await expect(page).toHaveURL(/\/trips\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { name: /is looking at your request/ })).toBeVisible();
  await expect(page.getByText('Two of us, arriving late.')).toBeVisible();

  await page.getByRole('button', { name: 'Cancel this request' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Cancel this request?' });
  await expect(dialog.getByText('Comes back to you')).toBeVisible();
  await dialog.getByLabel(/^Reason/).fill('Plans have changed.');
  await dialog.getByRole('button', { name: 'Cancel the request' }).click();
  await expect(page.getByRole('heading', { name: 'You cancelled this stay' })).toBeVisible();
  await page.goto('/trips?when=past');
  await expect(page.getByRole('article').filter({ hasText: stay.title })).toContainText(
    'Cancelled by the guest',
  );
});

test.describe('with an account', () => {
  test.beforeEach(async ({ context, request }) => {
    await signIn(context, (await makeAccount(request, 'guest')).email);
  });

  test('a double click books once, and going back does not offer it again', async ({ page, request }) => {
    const stay = await freeStay(request, 'instant');
    await page.goto(listing(stay));
    await page.getByRole('region', { name: 'Your stay' }).getByRole('link', { name: 'Reserve' }).click();
    await submit(page).dblclick();
    await expect(page).toHaveURL(/\/trips\//);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(stay.title);
    expect(await bookings(page, stay)).toHaveLength(1);
    await page.goBack();
    await expect(page).toHaveURL(/\/listings\//);
    await page.goto(checkout(stay));
    await expect(page.getByRole('heading', { name: 'This stay is booked' })).toBeVisible();
    await expect(submit(page)).toHaveCount(0);
    await page.getByRole('link', { name: 'Show the trip' }).click();
    await expect(page).toHaveURL(/\/trips\//);
  });

  test('a lost answer is sent again and books once', async ({ page, request }) => {
    const stay = await freeStay(request, 'request');
    await page.goto(checkout(stay));
    await page.route('**/api/v1/bookings', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await submit(page).click();
    await expect(page.getByText('No answer came')).toBeVisible();
    expect(await bookings(page, stay)).toHaveLength(1);
    await page.unroute('**/api/v1/bookings');
    await submit(page).click();
    await expect(page).toHaveURL(/\/trips\//);
    expect(await bookings(page, stay)).toHaveLength(1);
  });

  test('after a lost answer and a reload the booking is there, once', async ({ page, request }) => {
    const stay = await freeStay(request, 'request');
    await page.goto(checkout(stay));
    await page.route('**/api/v1/bookings', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await submit(page).click();
    await expect(page.getByText('No answer came')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'This stay is booked' })).toBeVisible();
    expect(await bookings(page, stay)).toHaveLength(1);
  });

  test('what was typed outlives a reload', async ({ page, request }) => {
    await page.goto(checkout(await freeStay(request, 'request')));
    const message = page.getByLabel(/^Message to/);
    await message.fill('We bring a quiet dog.');
    await page.reload();
    await expect(message).toHaveValue('We bring a quiet dog.');
  });

  test('when somebody was quicker, the nearest free dates are offered', async ({
    page,
    request,
    browser,
  }) => {
    const stay = await freeStay(request, 'instant');
    await page.goto(checkout(stay));
    const other = await browser.newContext();
    await signIn(other, (await makeAccount(request, 'guest')).email);
    const rival = await other.newPage();
    await rival.goto(checkout(stay));
    await submit(rival).click();
    await expect(rival).toHaveURL(/\/trips\//);
    const theirs = rival.url();
    await other.close();

    await submit(page).click();
    await expect(page.getByText('Somebody was quicker: these nights are taken')).toBeVisible();
    await page.getByRole('alert').getByRole('link').first().click();
    await expect(page).not.toHaveURL(new RegExp(`check_in=${stay.check_in}`));
    await expect(submit(page)).toBeVisible();

    const answer = await page.goto(theirs);
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
  });

  test('a price that has run out is renewed with one press', async ({ page, request }) => {
    await page.clock.install();
    await page.goto(checkout(await freeStay(request, 'request')));
    await expect(page.getByRole('timer')).toHaveText(/\d\d:\d\d/);
    await page.clock.fastForward('15:30');
    await expect(page.getByText('The price has run out')).toBeVisible();
    await page.getByRole('button', { name: 'Renew the price' }).click();
    await expect(page.getByText('The price is the same as before.')).toBeVisible();
    await expect(submit(page)).toBeVisible();
  });
});

test('dates that are taken are said on the page of the place, with others one press away', async ({
  page,
  request,
  browser,
}) => {
  const stay = await freeStay(request, 'instant');
  const other = await browser.newContext();
  await signIn(other, (await makeAccount(request, 'guest')).email);
  const rival = await other.newPage();
  await rival.goto(checkout(stay));
  await submit(rival).click();
  await expect(rival).toHaveURL(/\/trips\//);
  await other.close();

  await page.goto(listing(stay));
  const panel = page.getByRole('region', { name: 'Your stay' });
  await expect(panel.getByText('These nights are taken')).toBeVisible();
  await panel.getByRole('status').getByRole('link').first().click();
  await expect(panel.getByText('Total for 3 nights')).toBeVisible();
  await expect(page).not.toHaveURL(new RegExp(`check_in=${stay.check_in}`));
});

test('without JavaScript the dates are typed and the price is there', async ({ browser, request }) => {
  const stay = await freeStay(request, 'instant');
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ javaScriptEnabled: false, viewport });
  const page = await context.newPage();
  await page.goto(`/listings/${stay.id}`);
  const panel = page.getByRole('region', { name: 'Your stay' });
  const dates = page.locator('#dates');
  await expect(panel.getByText('Total for')).toHaveCount(0);
  const type = async (checkIn: string, checkOut: string) => {
    await dates.getByLabel('Check-in', { exact: true }).fill(checkIn);
    await dates.getByLabel('Check-out', { exact: true }).fill(checkOut);
    await dates.getByRole('button', { name: 'Show the price' }).click();
  };
  await dates.getByText('Type the dates instead').click();
  await type(stay.check_out, stay.check_in);
  await expect(dates.getByText('Those dates make no stay')).toBeVisible();
  expect((await dates.locator('header').boundingBox())?.width).toBeLessThan(viewport.width);
  await type(stay.check_in, stay.check_out);
  await expect(page).toHaveURL(new RegExp(`check_in=${stay.check_in}&check_out=${stay.check_out}`));
  await expect(panel.getByText('Total for 3 nights')).toBeVisible();
  await expect(panel.getByRole('link', { name: 'Reserve' })).toHaveAttribute(
    'href',
    new RegExp(`/listings/${stay.id}/book\\?check_in=${stay.check_in}`),
  );
  await dates.getByRole('link', { name: 'Clear dates' }).click();
  await expect(panel.getByText('Total for')).toHaveCount(0);
  await context.close();
});

test('search engines find the place as data, and unknown places answer 404', async ({ page, request }) => {
  const stay = await freeStay(request, 'request');
  await page.goto(listing(stay));
  const text = await page.locator('script[type="application/ld+json"]').textContent();
  expect(JSON.parse(text ?? '')).toMatchObject({ name: stay.title, offers: { '@type': 'Offer' } });
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute(
    'href',
    new RegExp(`/listings/${stay.id}$`),
  );
  await expect(page.locator('meta[property="og:image"]')).toHaveAttribute('content', /^http/);
  for (const id of ['00000000-0000-4000-8000-000000000000', 'nothing']) {
    expect((await request.get(`/listings/${id}`)).status()).toBe(404);
  }
});
