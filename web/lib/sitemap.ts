import 'server-only';

import { open } from './api/failure';
import type { components } from './api/schema';
import { publicAPI } from './api/server';
import { env } from './env';
import { paths } from './paths';

// A sitemap in parts: an index, and a part for each page of the API's list of live listings, by its cursor.

/** A listing that anybody may see. */
export type LiveListing = components['schemas']['SitemapEntry'];

type Part = { listings: LiveListing[]; next: string | null };

/** How many listings a part holds, and how many parts the index names (the protocol's own limit is 50,000 addresses and parts). */
const perPart = 1000;
const mostParts = 1000;

/** The name of the part that begins the list; the others are named by their cursors. */
export const firstPart = 'start';

const empty: Part = { listings: [], next: null };

/** A part of the list. Without an answer of the API it is empty: the rest of the sitemap is still good. */
export async function livePart(cursor?: string): Promise<Part> {
  try {
    const query = { limit: perPart, cursor };
    const { data, page } = await open((await publicAPI()).GET('/search/sitemap', { params: { query } }));
    return { listings: data, next: page?.next ?? null };
  } catch {
    return empty;
  }
}

/** The names of all parts. */
export async function partNames(read = livePart): Promise<string[]> {
  const names = [firstPart];
  let { next } = await read();
  while (next && names.length < mostParts && !names.includes(next)) {
    names.push(next);
    ({ next } = await read(next));
  }
  return names;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const schema = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** The index that names the parts. */
export function indexXML(names: string[]): string {
  const parts = names.map(
    (name) => `<sitemap><loc>${escape(`${env().publicURL}/sitemap/${name}`)}</loc></sitemap>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex ${schema}>\n${parts.join('\n')}\n</sitemapindex>\n`;
}

/** One part: its listings and, in the first, the pages that are always there. */
export function partXML(listings: LiveListing[], first: boolean): string {
  const pages = first ? [paths.home(), paths.stays(), paths.becomeHost()] : [];
  const addresses = [
    ...pages.map((path) => `<url><loc>${escape(env().publicURL + path)}</loc></url>`),
    ...listings.map(({ id, updated_at: updated }) => {
      const address = escape(env().publicURL + paths.listing(id));
      return `<url><loc>${address}</loc><lastmod>${escape(updated)}</lastmod></url>`;
    }),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${schema}>\n${addresses.join('\n')}\n</urlset>\n`;
}

/** An answer that search engines and caches may keep for an hour. */
export function xmlResponse(text: string): Response {
  return new Response(text, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
}
