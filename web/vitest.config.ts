import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      // The package refuses to be loaded outside of a bundler; its own empty twin is what servers get.
      'server-only': at('./node_modules/server-only/empty.js'),
      '@': at('.'),
    },
  },
  test: {
    environment: 'node',
    include: ['**/*.test.{ts,tsx,mjs}'],
    exclude: ['**/node_modules/**', '.next/**', 'e2e/**'],
    env: { TZ: 'America/Los_Angeles' }, // far from UTC: what forgets a zone shows it
  },
});
