import type { MetadataRoute } from 'next';

import { env } from '@/lib/env';

export const dynamic = 'force-dynamic';

export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      // Each person's own, and what costs a search engine time without being found by anybody.
      disallow: ['/host', '/admin', '/account', '/trips', '/listings/*/book', '/api/', '/design'],
    },
    sitemap: `${env().publicURL}/sitemap.xml`,
  };
}
