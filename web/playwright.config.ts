import { defineConfig, devices } from '@playwright/test';

const base = process.env.RENTORA_PUBLIC_URL;
if (!base) throw new Error('The journeys need running servers. Run: make e2e-web');

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['./e2e/reporter.ts']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: base,
    locale: 'en-GB',
    timezoneId: 'Europe/Lisbon',
    trace: 'off',
    launchOptions: {
      executablePath: process.env.RENTORA_CHROMIUM ?? '/usr/bin/chromium',
      // As root, in a container, Chromium has no sandbox; the rest keeps it from asking hosts of its maker.
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--enable-unsafe-swiftshader',
      ],
    },
  },
});
