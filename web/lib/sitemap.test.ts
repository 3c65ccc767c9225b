import { describe, expect, it } from 'vitest';

import { firstPart, indexXML, partNames, partXML } from './sitemap';

describe('the sitemap', () => {
  it('names a part for each page', async () => {
    const next: Record<string, string | null> = { '': 'a', a: 'b', b: null };
    const read = async (cursor = '') => ({ listings: [], next: next[cursor] ?? null });
    expect(await partNames(read)).toEqual([firstPart, 'a', 'b']);
  });

  it('ends where cursors go in a circle', async () => {
    expect(await partNames(async () => ({ listings: [], next: 'a' }))).toEqual([firstPart, 'a']);
  });

  it('is written with whole, escaped addresses', () => {
    expect(indexXML(['a&b'])).toContain('<loc>http://127.0.0.1:3000/sitemap/a&amp;b</loc>');
    const part = partXML([{ id: '1', updated_at: '2027-05-14T10:00:00Z' }], true);
    expect(part).toContain(
      '<loc>http://127.0.0.1:3000/listings/1</loc><lastmod>2027-05-14T10:00:00Z</lastmod>',
    );
    expect(part).toContain('<loc>http://127.0.0.1:3000/stays</loc>');
    expect(partXML([], false)).not.toContain('<url>');
  });
});
