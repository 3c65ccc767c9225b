import { defineConfig } from '@playwright/test';

import journeys from '../../playwright.config';

// The pictures of docs/tour, taken one after the other. They are no test of their own: "make e2e-web" knows nothing of them.
export default defineConfig({
  ...journeys,
  testDir: '.',
  testMatch: 'tour.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 300_000,
  reporter: [['../reporter.ts']],
});
