import { defineConfig } from '@playwright/test';
import type { Options } from './fixtures.ts';

const executablePath = process.env['CHROMIUM_PATH'];

/** Journeys drive the built program; each file has one of its own on a free port with an empty data folder. */
export default defineConfig<Options>({
  testDir: '.',
  outputDir: '../.build/e2e',
  fullyParallel: false,
  // A journey waits for answers, timers and fsyncs half of its time: three keep two cores at work.
  workers: 3,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: {
    timeout: 15_000,
    // Characters are bars there, so that only how edges are smoothed differs between machines.
    toHaveScreenshot: {
      pathTemplate: '{testDir}/snapshots/{arg}{ext}',
      maxDiffPixelRatio: 0.015,
      threshold: 0.2,
      animations: 'disabled',
      scale: 'css',
    },
  },
  reporter: [['list']],
  projects: [
    { name: 'journeys', testMatch: '**/*.spec.ts', use: { sharesProcess: true } },
    // Times of the browser, on a machine with nothing else to do; with data that is made once.
    { name: 'measured-data', testMatch: '**/*.prepare.ts', workers: 1, timeout: 600_000 },
    {
      name: 'measurements',
      testMatch: '**/*.measure.ts',
      workers: 1,
      timeout: 60_000,
      dependencies: ['measured-data'],
    },
    // npm run screenshots: the pictures of the README, from the demo.
    { name: 'screenshots', testMatch: '**/*.shot.ts' },
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // What a failure leaves: a picture, and the page as text. A trace costs a third of the time: --trace on.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
