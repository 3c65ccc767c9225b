import type { MetadataRoute } from 'next';

import { paths } from '@/lib/paths';

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Rentora',
    short_name: 'Rentora',
    description: 'Find and book a place to stay.',
    start_url: paths.home(),
    scope: '/',
    display: 'standalone',
    background_color: '#fdfcfa',
    theme_color: '#1d6b52',
    icons: [
      { src: '/icon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
      { src: '/apple-icon.png', type: 'image/png', sizes: '180x180', purpose: 'any' },
    ],
    shortcuts: [
      { name: 'Look for a stay', url: paths.stays() },
      { name: 'Your trips', url: paths.trips() },
    ],
  };
}
