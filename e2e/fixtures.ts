import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { type Program, ROOT } from './program.ts';
import { Stage, visitAlone } from './stage.ts';

/** The shipped rule of new terms, by its slug. */
export const RULE = 'unusual-child-execution-via-web-server';

/** Our own recording: 213 events of one host. */
export const RECORDED = join(ROOT, 'server', 'demo', 'samples', 'recorded-nginx-php-fpm.ecs.ndjson');

export interface Options {
  /** Each file names its own: files never share a program. */
  readonly label: string;
  /** Whether the program loads the demo fleet at its first start. */
  readonly demo: boolean;
  /** Whether the browser has seen the tour of the demo. */
  readonly toured: boolean;
  /** Whether tests share a browser's process, see `Stage`; else each has a context of its own. */
  readonly sharesProcess: boolean;
}

export interface Fixtures {
  readonly program: Program;
  /** Fails the test on an error in the browser's console, a broken content security policy among them. */
  readonly quietConsole: undefined;
  readonly seenTour: undefined;
}

/** Tests with a running program that the tests of a file share, and a page at its address. */
export const test = base.extend<Fixtures & Options, { readonly stage: Stage }>({
  label: ['', { option: true }],
  demo: [false, { option: true }],
  toured: [true, { option: true }],
  sharesProcess: [false, { option: true }],
  stage: [
    async ({ browser }, use) => {
      const stage = new Stage(browser);
      await use(stage);
      await stage.clear();
    },
    { scope: 'worker' },
  ],
  program: async ({ stage, label, demo }, use) => use(await stage.programOf(label, { demo })),
  baseURL: async ({ program }, use) => use(program.url),
  context: async ({ browser, program, sharesProcess, stage }, use) => {
    const visit = sharesProcess ? await stage.visit(program) : await visitAlone(browser);
    await use(visit.context);
    await visit.leave();
  },
  seenTour: [
    async ({ page, toured }, use) => {
      if (toured) {
        await page.addInitScript((key) => {
          if (localStorage.getItem(key) === null) localStorage.setItem(key, '{"state":{"toured":true},"version":0}');
        }, 'oddspawn-preferences');
      }
      await use(undefined);
    },
    { auto: true },
  ],
  quietConsole: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text()))
          errors.push(message.text());
      });
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Uploads a file through the form and waits until its alerts are raised. */
export async function upload(page: Page, path: string): Promise<void> {
  await page.goto('/data');
  await page.setInputFiles('input[type=file]', path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: name })
      .filter({ hasText: /alerts? raised/ }),
  ).toBeVisible();
}

/** Sends a file unless the program has events already, and waits for its alerts: tests do not need each other then. */
export async function loadOnce(page: Page, program: Program, path: string): Promise<void> {
  const read = async (of: string) => (await page.request.get(`${program.url}${of}`)).json();
  if ((await read('/api/status')).events === 0) {
    await send(page, program.url, path.slice(path.lastIndexOf('/') + 1), await readFile(path));
  }
  await expect
    .poll(async () =>
      (await read('/api/uploads')).uploads.every(({ finishedAt }: { finishedAt: unknown }) => finishedAt),
    )
    .toBe(true);
  await expect.poll(async () => (await read('/api/alerts?limit=1')).total).toBeGreaterThan(0);
}

/** Uploads a file without the form. */
export async function send(page: Page, url: string, name: string, data: Buffer | string): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  const sent = await page.request.post(`${url}/api/uploads?name=${name}`, { data, headers });
  expect(sent.status()).toBe(202);
}

/** Opens the alert with this command line as a full page. */
export async function openAlert(page: Page, commandLine: string): Promise<void> {
  await page.goto('/alerts');
  await page
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: commandLine, exact: true }) })
    .click();
  await expect(page.getByRole('article', { name: 'Alert' }).getByText(commandLine).first()).toBeVisible();
}

export const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
