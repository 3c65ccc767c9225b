import { expect, type Page, test } from '@playwright/test';

import { demo, makeAccount, settle, signIn } from './support';

/** What the browser refused because of the page's policy, and errors of scripts. */
async function refusals(
  page: Page,
  path: string,
): Promise<{ policy: string; cache: string; said: string[] }> {
  const said: string[] = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  const answer = await settle(page, path);
  const headers = answer?.headers() ?? {};
  return { policy: headers['content-security-policy'] ?? '', cache: headers['cache-control'] ?? '', said };
}

test('pages of visitors allow their scripts by hashes and may be kept', async ({ page }) => {
  for (const path of ['/', '/stays', '/sign-in']) {
    const { policy, cache, said } = await refusals(page, path);
    expect(policy).toMatch(/script-src 'self' 'sha256-/);
    expect(policy).not.toMatch(/nonce-|script-src[^;]*unsafe|'hashes'/);
    expect(cache).toContain('public');
    expect(said).toEqual([]);
  }
});

test('pages of people allow their scripts by a nonce, new each time, and are kept nowhere', async ({
  browser,
}) => {
  const page = await demo(browser, 'guest');
  const first = await refusals(page, '/');
  const second = await refusals(page, '/');
  expect(first.policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'/);
  expect(first.policy).not.toBe(second.policy);
  expect(first.cache).toMatch(/no-store/);
  expect([...first.said, ...second.said]).toEqual([]);
  await page.context().close();
});

test('a script that was smuggled in does not run', async ({ page }) => {
  await page.goto('/');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.smuggled = true';
    document.body.append(script);
    return 'smuggled' in window;
  });
  expect(ran).toBe(false);
});

test('the marker of visitors cannot be sent by anybody', async ({ request, browser }) => {
  const page = await demo(browser, 'guest');
  const answer = await page
    .context()
    .request.get('/', { headers: { accept: 'text/html', 'x-rentora-visitor': '1' } });
  expect(answer.headers()['content-security-policy']).toContain('nonce-');
  expect((await request.get('/healthz')).ok()).toBe(true);
  await page.context().close();
});

test('no spelling of a session’s cookie makes somebody’s page everybody’s', async ({
  context,
  playwright,
}) => {
  const somebodys = await playwright.request.newContext({
    baseURL: process.env.RENTORA_PUBLIC_URL,
    ignoreHTTPSErrors: true,
  });
  const person = await makeAccount(somebodys, 'guest');
  await signIn(context, person.email);
  const token = (await context.cookies()).find(({ name }) => name === '__Host-rentora_refresh')?.value;
  expect(token).toBeTruthy();
  for (const spelling of ['__Host-rentora_refresh ', '\t__Host-rentora_refresh', '__host-rentora_refresh']) {
    const path = `/?mark=${encodeURIComponent(spelling)}-${Date.now()}`;
    const first = await somebodys.get(path, {
      headers: { accept: 'text/html', cookie: `${spelling}=${token}` },
    });
    expect(first.headers()['cache-control'], spelling).not.toContain('public');
    const visitor = await playwright.request.newContext({
      baseURL: process.env.RENTORA_PUBLIC_URL,
      ignoreHTTPSErrors: true,
    });
    const next = await visitor.get(path, { headers: { accept: 'text/html' } });
    expect(next.headers()['set-cookie'], spelling).toBeUndefined();
    expect(await next.text(), spelling).not.toContain(person.name);
    await visitor.dispose();
  }
  await somebodys.dispose();
});

test('an address that is misspelt is refused in a sentence', async ({ request }) => {
  for (const path of ['/listings/%E0%A4%A', '/_next/static/%E0%A4%A', '/%']) {
    const answer = await request.get(path, { headers: { accept: 'text/html' } });
    expect(answer.status(), path).toBe(400);
    expect(await answer.text(), path).toContain('not spelt correctly');
  }
});

test('what comes on demand keeps to the policy of a visitor’s page', async ({ page }) => {
  const { said } = await refusals(page, '/');
  await page.getByRole('button', { name: /Check-in/ }).click();
  await expect(page.getByRole('dialog', { name: 'Check-in and check-out' })).toBeVisible();
  expect(said).toEqual([]);
});
