import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, expect, test } from '@playwright/test';

import { type Screen, screens } from './screens';
import { settle, signIn } from './support';

type Who = Screen['as'] | 'visitor';

/** One browser for each kind of person, in these colours and this width. */
async function browsers(browser: Browser, options: object): Promise<Record<string, BrowserContext>> {
  const made: Record<string, BrowserContext> = {};
  for (const who of ['visitor', 'guest', 'host', 'admin'] as Who[]) {
    const context = await browser.newContext(options);
    if (who && who !== 'visitor') await signIn(context, `${who}-0001@example.test`, 'rentora-demo');
    made[who ?? 'visitor'] = context;
  }
  return made;
}

async function each(
  browser: Browser,
  options: object,
  look: (context: BrowserContext, screen: Screen) => Promise<string[]>,
) {
  const made = await browsers(browser, options);
  const { visitor, host, guest } = made;
  if (!visitor || !host || !guest) throw new Error('a browser is missing');
  const complaints: string[] = [];
  for (const screen of await screens(visitor.request, host.request, guest.request)) {
    const context = made[screen.as ?? 'visitor'];
    if (context)
      complaints.push(
        ...(await look(context, screen)).map((one) => `${screen.name} (${screen.path}): ${one}`),
      );
  }
  await Promise.all(Object.values(made).map((context) => context.close()));
  expect(complaints.join('\n')).toBe('');
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen in ${colorScheme} colours`, async ({ browser }) => {
    test.setTimeout(300_000);
    await each(browser, { colorScheme, reducedMotion: 'reduce' }, async (context, { path }) => {
      const page = await context.newPage();
      await settle(page, path);
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
      await page.close();
      return violations.map(({ id, help, nodes }) => `${id}, ${help}: ${nodes[0]?.target.join(' ')}`);
    });
  });
}

for (const direction of ['ltr', 'rtl'] as const) {
  test(`nothing scrolls sideways at 360 px, ${direction}`, async ({ browser }) => {
    test.setTimeout(300_000);
    await each(browser, { viewport: { width: 360, height: 740 } }, async (context, { path }) => {
      const base = process.env.RENTORA_PUBLIC_URL ?? '';
      if (direction === 'rtl')
        await context.addCookies([{ name: 'rentora_locale', value: 'en-XB', url: base }]);
      const page = await context.newPage();
      await settle(page, path);
      const seen = await page.evaluate(() => ({
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        direction: getComputedStyle(document.documentElement).direction,
      }));
      await page.close();
      const complaints = seen.over > 0 ? [`${seen.over} px too wide`] : [];
      return seen.direction === direction ? complaints : [...complaints, `is ${seen.direction}`];
    });
  });
}
