import type { NextConfig } from 'next';

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  // Photographs come in their sizes from the object store: nothing is left to optimize here, and the library for it stays out.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  // Equal sources give an equal name, whatever machine builds them; without one, Next.js makes up its own.
  generateBuildId: () => process.env.RENTORA_WEB_BUILD || null,
  poweredByHeader: false,
  // In development the web is asked for by address.
  allowedDevOrigins: ['127.0.0.1'],
  reactStrictMode: true,
  // The map and the calendar are large and come on demand; these packages are made of small modules.
  experimental: {
    optimizePackageImports: ['lucide-react', 'react-aria-components'],
    // Pages that are not for the caller answer 403, and those that need signing in 401.
    authInterrupts: true,
  },
  headers: () =>
    Promise.resolve([
      {
        source: '/(.*)',
        headers: [
          { key: 'x-content-type-options', value: 'nosniff' },
          { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
          { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=(self), payment=()' },
          { key: 'cross-origin-opener-policy', value: 'same-origin' },
        ],
      },
    ]),
};

export default config;
