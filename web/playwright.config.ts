import { defineConfig, devices } from '@playwright/test';

const base = process.env.RENTORA_PUBLIC_URL;
if (!base) throw new Error('The journeys need running servers. Run: make e2e-web');

// Where the names of a platform on the development cluster lead (make e2e), which has a certificate of its own.
const address = process.env.RENTORA_E2E_ADDRESS;
const host = new URL(base).hostname;
const names = address ? [`--host-resolver-rules=MAP ${host} ${address}, MAP *.${host} ${address}`] : [];

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  // Generous: what is slow on a busy machine is not wrong.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['./e2e/reporter.ts']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: base,
    ignoreHTTPSErrors: address !== undefined,
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
        ...names,
      ],
    },
  },
});
