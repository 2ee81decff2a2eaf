import type { Page } from '@playwright/test';
import { expect, loadOnce, RECORDED, test } from './fixtures.ts';
import { scrollSmoothness, smoothWords } from './frames.ts';
import { manyAlerts } from './many-alerts.ts';
import { treeEvents } from './tree-of.ts';

/** How many alerts the queue holds, and for how long it is scrolled. */
const ALERTS = Number(process.env['ODDSPAWN_MEASURE_ALERTS'] ?? 100_000);
const SECONDS = Number(process.env['ODDSPAWN_MEASURE_SECONDS'] ?? 5);
const PROCESSES = 10_000;
const ROUNDS = 9;

test.use({ label: 'console-measure', viewport: { width: 1440, height: 900 } });
test.describe.configure({ timeout: 900_000 });

const lines: string[] = [];
const tell = (name: string, figure: string): void => {
  lines.push(`${name.padEnd(44)} ${figure}`);
};
test.afterAll(() => {
  process.stdout.write(`\n${lines.join('\n')}\n`);
});

const middle = (times: readonly number[]): number =>
  [...times].sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;

test('a queue of many alerts', async ({ page, program }) => {
  await loadOnce(page, program, RECORDED);
  await program.stop();
  await manyAlerts(program.dataFolder, ALERTS);
  await program.start();
  const { total } = await (await page.request.get(`${program.url}/api/alerts?limit=1`)).json();
  expect(total).toBeGreaterThanOrEqual(ALERTS);

  const rows = page.getByRole('grid', { name: 'Alerts' }).getByRole('row');
  const began = performance.now();
  await page.goto('/alerts');
  await expect(rows.nth(5)).toBeVisible();
  tell(`queue of ${total} alerts, until rows show`, `${(performance.now() - began).toFixed(0)} ms`);

  const box = ':has(> [role=grid])';
  tell(
    'scrolling it, 60 pixels a picture',
    smoothWords(await scrollSmoothness(page, box, { seconds: SECONDS, pixels: 60 })),
  );
  tell(
    'scrolling it, 4,000 pixels a picture',
    smoothWords(await scrollSmoothness(page, box, { seconds: SECONDS, pixels: 4000 })),
  );

  await page.goto('/alerts?sort=eventCount');
  await expect(rows.nth(ROUNDS + 2)).toBeVisible();
  tell('click on an alert, until its command shows', `${middle(await clicks(page)).toFixed(0)} ms`);
});

/** From the press of a row to the picture with the alert's own command line beside it, in the browser's time. */
async function clicks(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    times.push(
      await page.evaluate(
        ({ at, limit }) =>
          new Promise<number>((resolve) => {
            const row = document.querySelectorAll<HTMLElement>('main [role=grid] tbody tr')[at];
            const command = row?.querySelector('[data-column=commandLine] > span > :first-child')?.textContent ?? '';
            const began = performance.now();
            row?.click();
            const look = (now: number): void => {
              const shown = document.querySelector('article')?.textContent ?? '';
              if (shown.includes(command) || now - began > limit) resolve(now - began);
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          }),
        { at: round, limit: 5000 },
      ),
    );
    await page.waitForTimeout(250);
  }
  // The first one also loads the code of the detail.
  return times.slice(1);
}

test('a tree of many processes', async ({ page, program }) => {
  const sent = await page.request.post(`${program.url}/api/uploads?name=wide.ndjson`, {
    data: Buffer.from(treeEvents(PROCESSES)),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(sent.status()).toBe(202);
  const find = async () =>
    (await (await page.request.get(`${program.url}/api/alerts?host=wide-01&limit=1`)).json()).alerts[0];
  await expect.poll(find, { timeout: 120_000 }).toBeTruthy();
  const { id } = await find();
  // Code is loaded before, as it is for whoever opened a tree today.
  await page.goto(`/alerts/${id}?tab=tree`);
  const tree = page.getByRole('treegrid', { name: 'Process tree' });
  await expect(tree.getByRole('row').nth(2)).toBeVisible();
  await page.goto(`/alerts/${id}?tab=why`);
  await expect(page.getByRole('tab', { name: 'Why' })).toBeVisible();
  const began = performance.now();
  await page.getByRole('tab', { name: /^Tree/ }).click();
  await expect(tree.getByRole('row').nth(2)).toBeVisible();
  tell(`tree of ${PROCESSES} processes, until rows show`, `${(performance.now() - began).toFixed(0)} ms`);
  const whole = page.getByRole('button', { name: /unfold all|everything|whole/i });
  if (await whole.count()) await whole.first().click();
  const box = '[role=treegrid], :has(> [role=treegrid])';
  tell('scrolling it', smoothWords(await scrollSmoothness(page, box, { seconds: SECONDS, pixels: 40 })));
});

test('a threshold dragged in rarity', async ({ page, program }) => {
  await loadOnce(page, program, RECORDED);
  await page.goto('/rarity');
  const slider = page.getByRole('slider', { name: 'Fewer events than' });
  await expect(slider).toBeVisible();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await slider.focus();
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const handle = document.activeElement;
            const before = handle?.getAttribute('aria-valuetext');
            const began = performance.now();
            handle?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
            const look = (now: number): void => {
              if (handle?.getAttribute('aria-valuetext') === before && now - began < 5000) requestAnimationFrame(look);
              else resolve(now - began);
            };
            requestAnimationFrame(look);
          }),
      ),
    );
  }
  tell('rarity threshold moved, until alerts are counted', `${middle(times).toFixed(0)} ms`);
});
