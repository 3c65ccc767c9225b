// Asks Lighthouse about home, results and a listing of a running web, as a desktop and as a phone, and prints a table; below it,
// how long a filter takes. Run by "make lighthouse" on the production build; the figures of slow machines are lower.
import * as launcher from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

import { filterSpeed } from './filter-speed.mjs';

const base = process.env.RENTORA_PUBLIC_URL;
if (!base) {
  process.stderr.write('Lighthouse needs running servers. Run: make lighthouse\n');
  process.exit(2);
}

const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const bars = { desktop: 95, mobile: 90 };
/**
 * Seconds until the largest thing is there, on a desktop, and how far things may move. A phone's are those of a slow mobile network
 * that Lighthouse reckons with; what its browser saw here, without one, is held to the same.
 */
const most = { lcp: 1.5, cls: 0.02 };
const runs = Number(process.env.LIGHTHOUSE_RUNS ?? 1);

const browser = process.env.RENTORA_CHROMIUM ?? '/usr/bin/chromium';
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];

async function first() {
  const answer = await fetch(`${base}/api/v1/search/listings?limit=1`);
  return (await answer.json()).data.hits[0].id;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function ask(url, form) {
  const seen = [];
  for (let run = 0; run < runs; run++) {
    const chrome = await launcher.launch({
      chromePath: browser,
      chromeFlags: flags,
    });
    try {
      const options = { port: chrome.port, onlyCategories: categories, logLevel: 'error' };
      seen.push((await lighthouse(url, options, form === 'desktop' ? desktopConfig : undefined)).lhr);
    } finally {
      await chrome.kill();
    }
  }
  const scores = categories.map((name) =>
    Math.round(median(seen.map(({ categories: all }) => all[name].score ?? 0)) * 100),
  );
  const figure = (name) => median(seen.map(({ audits }) => audits[name].numericValue ?? 0));
  const broken = Object.values(seen[0].audits)
    .filter(
      ({ score, scoreDisplayMode }) =>
        score !== null && score < 0.9 && /binary|numeric|metricSavings/.test(scoreDisplayMode),
    )
    .map(({ id }) => id);
  return {
    scores,
    lcp: figure('largest-contentful-paint'),
    here: median(
      seen.map(({ audits }) => audits.metrics.details?.items[0]?.observedLargestContentfulPaint ?? Infinity),
    ),
    cls: figure('cumulative-layout-shift'),
    tbt: figure('total-blocking-time'),
    broken,
  };
}

const rows = [];
for (const [name, path] of [
  ['home', '/'],
  ['results', '/stays'],
  ['listing', `/listings/${await first()}`],
]) {
  for (const form of ['desktop', 'mobile']) {
    const { scores, lcp, here, cls, tbt, broken } = await ask(base + path, form);
    const calm = cls < most.cls && (form === 'mobile' ? here : lcp) / 1000 < most.lcp;
    const holds = calm && scores.every((score) => score >= bars[form]);
    rows.push(holds);
    const figures = scores.map((score) => String(score).padStart(4)).join('');
    const times = `LCP ${(lcp / 1000).toFixed(2)} s, here ${(here / 1000).toFixed(2)} s  CLS ${cls.toFixed(3)}  TBT ${Math.round(tbt)} ms`;
    process.stdout.write(
      `${holds ? 'ok  ' : 'LOW '}  ${name.padEnd(8)} ${form.padEnd(8)} ${figures}   ${times}  ${broken.join(' ')}\n`,
    );
  }
}
process.stdout.write(
  `lighthouse (performance, accessibility, best practices, SEO): ${rows.filter(Boolean).length} of ${rows.length} hold\n`,
);
const { median: half, p95, bar, times } = await filterSpeed(base, browser, flags);
rows.push(half < bar);
process.stdout.write(
  `${half < bar ? 'ok  ' : 'LOW '}  filter → results painted, ${times} searches that are new: median ${Math.round(half)} ms, p95 ${Math.round(p95)} ms (bar ${bar} ms)\n`,
);
process.exit(rows.every(Boolean) ? 0 : 1);
