import { expect, type Page } from '@playwright/test';

import { mailTo, password, type Person, somebody } from './support';

/** The title of a page. */
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
/** What shows whose page it is. */
export const mine = (page: Page, name: string) => page.getByRole('button', { name: `Account of ${name}` });

/** Opens a page and waits until its scripts are there. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'networkidle' });
}

/** Fills in the sign-in and sends it. */
export async function enter(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Registers on the pages, follows the link of the mail and signs in: as far as everybody comes alone. */
export async function arrives(page: Page, role: 'guest' | 'host'): Promise<Person> {
  const person = somebody(role);
  await visit(page, '/register');
  if (role === 'host')
    await page.getByRole('radio', { name: 'I have a place to let' }).check({ force: true });
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(heading(page, 'Look into your mail')).toBeVisible();
  const link = /\S+\/verify-email#token=\S+/;
  const { text } = await mailTo(page.request, person.email, link);
  await visit(page, link.exec(text)?.[0] ?? '');
  await expect(heading(page, 'Your address is confirmed')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await enter(page, person.email, password);
  await expect(mine(page, person.name)).toBeVisible();
  return person;
}
