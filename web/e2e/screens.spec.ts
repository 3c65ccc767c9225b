import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';

import { type Screen, screens } from './screens';
import { settle, signIn } from './support';

type Who = 'visitor' | 'guest' | 'host' | 'admin';

const everybody: Who[] = ['visitor', 'guest', 'host', 'admin'];

async function as(browser: Browser, who: Who, options: object): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  if (who !== 'visitor') await signIn(context, `${who}-0001@example.test`, 'rentora-demo');
  return context;
}

/** Opens a screen; gives what its own scripts complain of while it comes, and whether it is another one. */
async function troubles(page: Page, { path, status = 200 }: Screen): Promise<string[]> {
  const seen: string[] = [];
  page.on('pageerror', ({ message }) => seen.push(message));
  const answer = await settle(page, path);
  return answer?.status() === status ? seen : [`answers with ${answer?.status()}`, ...seen];
}

/** Looks at every screen that this kind of person sees, in these colours and this width. */
async function each(
  browser: Browser,
  who: Who,
  options: object,
  look: (context: BrowserContext, screen: Screen) => Promise<string[]>,
) {
  const [visitor, guest, host] = await Promise.all([
    as(browser, 'visitor', {}),
    as(browser, 'guest', {}),
    as(browser, 'host', {}),
  ]);
  const all = await screens(visitor.request, host.request, guest.request);
  await Promise.all([visitor, guest, host].map((context) => context.close()));
  const theirs = all.filter((screen) => (screen.as ?? 'visitor') === who);
  expect(theirs.length, `screens: ${who}`).toBeGreaterThan(0);
  const context = await as(browser, who, options);
  const complaints: string[] = [];
  for (const screen of theirs)
    complaints.push(...(await look(context, screen)).map((one) => `${screen.name} (${screen.path}): ${one}`));
  await context.close();
  expect(complaints.join('\n')).toBe('');
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const who of everybody) {
    test(`axe finds nothing on any screen in ${colorScheme} colours, ${who}`, async ({ browser }) => {
      test.setTimeout(300_000);
      const options = { colorScheme, reducedMotion: 'reduce' };
      await each(browser, who, options, async (context, screen) => {
        const page = await context.newPage();
        const errors = await troubles(page, screen);
        const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
        await page.close();
        const found = violations.map(
          ({ id, help, nodes }) => `${id}, ${help}: ${nodes[0]?.target.join(' ')}`,
        );
        return [...errors, ...found];
      });
    });
  }
}

for (const direction of ['ltr', 'rtl'] as const) {
  for (const who of everybody) {
    test(`nothing scrolls sideways at 360 px, ${direction}, ${who}`, async ({ browser }) => {
      test.setTimeout(300_000);
      await each(browser, who, { viewport: { width: 360, height: 740 } }, async (context, screen) => {
        const base = process.env.RENTORA_PUBLIC_URL ?? '';
        if (direction === 'rtl')
          await context.addCookies([{ name: 'rentora_locale', value: 'en-XB', url: base }]);
        const page = await context.newPage();
        const errors = await troubles(page, screen);
        const seen = await page.evaluate(() => ({
          over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          direction: getComputedStyle(document.documentElement).direction,
        }));
        await page.close();
        const complaints = seen.over > 0 ? [...errors, `${seen.over} px too wide`] : errors;
        return seen.direction === direction ? complaints : [...complaints, `is ${seen.direction}`];
      });
    });
  }
}
