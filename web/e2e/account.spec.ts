import { expect, test } from '@playwright/test';

import { enter, heading, mine, visit } from './people';
import { makeAccount, password, signIn, somebody, tokenFor } from './support';

test('from registering to the page that somebody wanted to see', async ({ page, request }) => {
  const person = somebody('guest');
  await visit(page, '/register?next=%2Ftrips');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Please enter your name.')).toBeVisible();
  await expect(page.getByLabel('Your name')).toBeFocused();

  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Your name')).toHaveValue(person.name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(heading(page, 'Look into your mail')).toBeFocused();

  const token = await tokenFor(request, person.email, '/verify-email');
  await visit(page, `/verify-email#token=${token}`);
  await expect(heading(page, 'Your address is confirmed')).toBeVisible();
  expect(page.url()).not.toContain(token);
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain(token);

  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await enter(page, person.email, password);
  await expect(page).toHaveURL(/\/trips$/);
  await expect(mine(page, person.name)).toBeVisible();

  await visit(page, `/verify-email#token=${token}`);
  await expect(heading(page, 'This link does not work any more')).toBeVisible();
});

test('a wrong password is answered in a sentence, and what was typed stays', async ({ page, request }) => {
  const { email } = await makeAccount(request, 'guest');
  await visit(page, '/sign-in?next=%2F%2Fevil.example');
  await enter(page, email, 'not the password');
  await expect(page.getByText('The e-mail address or the password is wrong.')).toBeVisible();
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await expect(page.getByLabel('E-mail address')).toHaveValue(email);
  expect(page.url()).not.toContain(email);

  await page.getByRole('button', { name: 'Show the password' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text');
  await enter(page, email, password);
  await expect(page).toHaveURL((url) => url.pathname === '/' && url.host !== 'evil.example');
});

test('who has not confirmed the address gets the mail again', async ({ page, request }) => {
  const person = somebody('guest');
  await visit(page, '/register');
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(heading(page, 'Look into your mail')).toBeVisible();
  await tokenFor(request, person.email, '/verify-email');

  await visit(page, '/sign-in');
  await enter(page, person.email, password);
  await expect(page.getByText('Your address is not verified yet')).toBeVisible();
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await expect(page.getByText('Another mail is on its way.')).toBeVisible();
});

test('a forgotten password ends every session', async ({ page, context, request }) => {
  const person = await makeAccount(request, 'guest');
  await signIn(context, person.email);
  await visit(page, '/forgot-password');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await expect(heading(page, 'Look into your mail')).toBeVisible();

  const link = `/reset-password#token=${await tokenFor(request, person.email, '/reset-password')}`;
  await visit(page, link);
  await page.getByLabel('New password').fill('another long passphrase');
  expect(page.url()).not.toContain('token');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(heading(page, 'Your new password is set')).toBeVisible();
  await expect(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }),
  ).toBeVisible();

  await visit(page, '/');
  await visit(page, link);
  await page.getByLabel('New password').fill('another long passphrase');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(heading(page, 'This link does not work any more')).toBeVisible();

  await visit(page, '/sign-in');
  await enter(page, person.email, 'another long passphrase');
  await expect(mine(page, person.name)).toBeVisible();
});

test('somebody sees where they are signed in, and ends what they do not know', async ({
  page,
  context,
  browser,
  request,
}) => {
  const person = await makeAccount(request, 'guest');
  await signIn(context, person.email);
  const elsewhere = await browser.newContext();
  await signIn(elsewhere, person.email);

  await visit(page, '/account/sessions');
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(2);
  await expect(page.getByText('This one', { exact: true })).toHaveCount(1);
  await page.getByRole('button', { name: 'End all others' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End the others' }).click();
  await expect(page.getByText('1 other session ended.')).toBeVisible();
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1);

  const other = await elsewhere.newPage();
  await visit(other, '/account');
  await expect(other).toHaveURL(/\/sign-in\?next=%2Faccount/);
  await elsewhere.close();

  await page.getByRole('button', { name: 'End all, also this one' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End all' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test('two tabs do not overwrite one another', async ({ page, context, request }) => {
  const person = await makeAccount(request, 'guest');
  await signIn(context, person.email);
  const other = await context.newPage();
  await visit(page, '/account');
  await visit(other, '/account');
  await other.getByLabel('Name').fill('Ada Elsewhere');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(mine(other, 'Ada Elsewhere')).toBeVisible();

  await page.getByLabel('Name').fill('Ada Here');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Your account was changed elsewhere meanwhile')).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('Ada Here');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(mine(page, 'Ada Here')).toBeVisible();
});

test('a guest becomes a host', async ({ page, context, request }) => {
  const person = await makeAccount(request, 'guest');
  await signIn(context, person.email);
  await visit(page, '/become-a-host');
  await page.getByRole('button', { name: 'Become a host' }).click();
  await expect(page).toHaveURL(/\/host\/listings\/new$/);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('signing in works, and nothing typed stands in an address', async ({ page, request }) => {
    const { email } = await makeAccount(request, 'guest');
    await visit(page, '/sign-in?next=%2Faccount');
    await enter(page, email, 'not the password');
    await expect(page.getByText('The e-mail address or the password is wrong.')).toBeVisible();
    expect(page.url()).not.toContain('example.test');
    await enter(page, email, password);
    await expect(page).toHaveURL(/\/account$/);
    await expect(heading(page, 'Your account')).toBeVisible();
  });
});

test('what goes wrong in a browser is told, without anybody’s data', async ({ page }) => {
  await visit(page, '/sign-in?next=%2Ftrips%3Fsecret%3D1');
  const told = page.waitForRequest((request) => request.url().endsWith('/api/v1/errors'));
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('no mail to ada@example.test at https://x.example/a?b=secret');
    });
  });
  const request = await told;
  expect(request.postDataJSON()).toMatchObject({ kind: 'script', place: '/sign-in' });
  expect(request.postData()).not.toMatch(/secret|ada@/);
  expect((await request.response())?.ok()).toBe(true);
});

test('search engines are told what to read', async ({ request }) => {
  const robots = await (await request.get('/robots.txt')).text();
  expect(robots).toContain('Disallow: /admin');
  expect(robots).toMatch(/Sitemap: .*\/sitemap\.xml/);
  const index = await (await request.get('/sitemap.xml')).text();
  const [, first = ''] = /<loc>(.*?)<\/loc>/.exec(index) ?? [];
  const part = await (await request.get(new URL(first).pathname)).text();
  expect(part).toContain('/stays</loc>');
  expect(part).toMatch(/\/listings\/[0-9a-f-]{36}<\/loc>/);
  expect((await request.get('/manifest.webmanifest')).ok()).toBe(true);
});
