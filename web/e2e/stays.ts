import { type APIRequestContext, type Page, test } from '@playwright/test';

import { day } from './support';

/** Stays to be booked, and the ways to them. */

export type Stay = { id: string; title: string; check_in: string; check_out: string };

let next = 0;

/** A stay that is free and that no other test takes. */
export async function freeStay(
  request: APIRequestContext,
  mode: 'instant' | 'request',
  ahead = 40,
): Promise<Stay> {
  const [check_in, check_out] = [day(ahead), day(ahead + 3)];
  const query = `check_in=${check_in}&check_out=${check_out}&guests=1&booking_mode=${mode}&limit=50`;
  const answer = await request.get(`/api/v1/search/listings?${query}`);
  const { data } = (await answer.json()) as { data: { hits: { id: string; title: string }[] } };
  const hit = data.hits[(test.info().workerIndex * 23 + next++) % data.hits.length];
  if (!hit) throw new Error('the seed has no free stay');
  return { ...hit, check_in, check_out };
}

/** The page of a place, with the dates of the stay. */
export const listing = ({ id, check_in, check_out }: Stay) =>
  `/listings/${id}?check_in=${check_in}&check_out=${check_out}&guests=1`;
/** Where the stay is booked. */
export const checkout = ({ id, check_in, check_out }: Stay) =>
  `/listings/${id}/book?check_in=${check_in}&check_out=${check_out}&guests=1`;

/** What somebody has booked at this place. */
export async function bookings(
  page: Page,
  { id }: Pick<Stay, 'id'>,
): Promise<{ id: string; check_in: string }[]> {
  const answer = await page.context().request.get(`/api/v1/bookings?listing_id=${id}`);
  return ((await answer.json()) as { data: { id: string; check_in: string }[] }).data;
}

/** Presses a day in the calendar of a place, which is turned until it is there. */
export async function press(page: Page, date: string): Promise<void> {
  const written = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const cell = page.locator(`#dates [aria-label*=" ${written.format(new Date(date))}"]:visible`).first();
  for (let turns = 0; turns < 6 && !(await cell.isVisible()); turns++) {
    await page.locator('#dates').getByRole('button', { name: 'Next' }).first().click();
  }
  await cell.click();
}

/** The one button of the checkout. */
export const submit = (page: Page) =>
  page.getByRole('button', { name: /^(Book now|Request to book|Send it again)$/ });
