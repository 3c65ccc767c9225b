// How long it takes from the press on a filter of the results until the filtered ones are painted, in a real browser on the real
// servers, each time for a search that nobody has asked for before. "make lighthouse" prints it.
import { chromium } from '@playwright/test';

/** What it may take, in milliseconds. */
const bar = 150;
const times = 20;
const chipsUsed = 4;

/**
 * Runs in the page before the press: window.painted becomes the milliseconds from the press, as the browser dates it, until the
 * address is new, as many stays are told as the chip promised, and a frame with them is painted.
 */
function watch(chip) {
  const promised = chip.querySelector('small').textContent;
  const before = location.search;
  let from;
  addEventListener('click', ({ timeStamp }) => (from = timeStamp), { capture: true, once: true });
  const there = () =>
    location.search !== before &&
    !document.querySelector('[data-pending]') &&
    [...document.querySelectorAll('main [role=status]')].some(({ textContent }) =>
      textContent.startsWith(`${promised} stay`),
    );
  window.painted = new Promise((resolve, reject) => {
    setTimeout(reject, 10_000, new Error(`the ${promised} stays that were promised did not come`));
    const observer = new MutationObserver(() => {
      if (!there()) return;
      observer.disconnect();
      // A message that is posted in a frame arrives when it has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - from);
        port2.postMessage(null);
      });
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}

/** The median and the 95th percentile of the times it took, beside what it may take, all in milliseconds. */
export async function filterSpeed(base, executablePath, args) {
  const browser = await chromium.launch({ executablePath, args });
  const seen = [];
  try {
    const page = await browser.newPage();
    for (let run = 0; run < times; run++) {
      await page.goto(`${base}/stays?guests=${1 + Math.floor(run / chipsUsed)}`);
      await page.locator('main [data-live]').first().waitFor({ state: 'attached' });
      // Until the map is there, and what else waits for an idle moment.
      await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);
      const chip = page.locator('[aria-label="Filters"] a:has(small)').nth(run % chipsUsed);
      await chip.evaluate(watch);
      await chip.click();
      seen.push(await page.evaluate(() => window.painted));
    }
  } finally {
    await browser.close();
  }
  seen.sort((a, b) => a - b);
  return { median: seen[times / 2], p95: seen[Math.ceil(times * 0.95) - 1], bar, times };
}
