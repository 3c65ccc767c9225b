import http from 'node:http';

import { expect, test } from '@playwright/test';

/** Bytes of compressed JavaScript that a page loads before somebody touches it. */
const budget = 150 * 1024;

test('home, results and listing load at most 150 KiB of JavaScript before they are touched', async ({
  request,
}) => {
  const answer = await request.get('/api/v1/search/listings?limit=1');
  const { data } = (await answer.json()) as { data: { hits: { id: string }[] } };
  const sizes: [string, number][] = [];
  for (const path of ['/', '/stays', `/listings/${data.hits[0]?.id}`]) {
    const page = await request.get(path, { headers: { accept: 'text/html' } });
    const sources = new Set<string>();
    for (const [tag] of (await page.text()).matchAll(/<script\b[^>]*\ssrc="[^"]+"[^>]*>/g)) {
      const source = /\ssrc="([^"]+)"/.exec(tag)?.[1];
      if (source && !/\bnomodule\b/i.test(tag)) sources.add(source.replaceAll('&amp;', '&'));
    }
    expect(sources.size, `${path} names its scripts`).toBeGreaterThan(0);
    let sum = 0;
    for (const source of sources) {
      sum += await sent(new URL(source, process.env.RENTORA_PUBLIC_URL));
    }
    sizes.push([path, sum]);
  }
  for (const [path, bytes] of sizes) process.stdout.write(`${path}: ${(bytes / 1024).toFixed(1)} KiB\n`);
  for (const [path, bytes] of sizes) expect(bytes, path).toBeLessThanOrEqual(budget);
});

/** How many bytes of a body the server sends to a browser. */
function sent(url: URL): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers: { 'accept-encoding': 'br, gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url}: ${answer.statusCode}`)),
      );
    });
    request.on('error', reject);
  });
}
