import type { JSHandle, Locator, Page } from '@playwright/test';
import { expect, loadOnce, RECORDED, test } from './fixtures.ts';
import { scrollSmoothness, smoothWords } from './frames.ts';
import { manyAlerts } from './many-alerts.ts';
import { treeEvents } from './tree-of.ts';

/** How many alerts the queue holds, and for how long it is scrolled. */
const ALERTS = Number(process.env['ODDSPAWN_MEASURE_ALERTS'] ?? 100_000);
const SECONDS = Number(process.env['ODDSPAWN_MEASURE_SECONDS'] ?? 5);
const PROCESSES = 10_000;
const ROUNDS = 9;
/** How far the pointer goes each time: enough for another threshold. */
const DRAG_PIXELS = 24;
/** Between two things done, so that one does not wait for the other. */
const PAUSE_MS = 250;

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
    await page.waitForTimeout(PAUSE_MS);
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
  const read = async (of: string) => (await page.request.get(`${program.url}${of}`)).json();
  const isLoaded = async () => (await read('/api/uploads')).uploads[0].finishedAt !== null;
  await expect.poll(isLoaded, { timeout: 120_000 }).toBe(true);
  // The server at the root of all of them. Code is loaded before, as it is for whoever opened a tree today.
  await page.goto('/events?open=wide-01-0&view=tree');
  const tree = page.getByRole('treegrid', { name: 'Process tree' });
  await expect(tree.getByRole('row').nth(1)).toBeVisible({ timeout: 60_000 });
  const views = page.getByRole('radiogroup', { name: 'Show the event as' });
  await views.getByText('Fields').click();
  await expect(tree).toHaveCount(0);
  const began = performance.now();
  await views.getByText('Tree').click();
  await expect(tree.getByRole('row').nth(1)).toBeVisible();
  tell(`tree of ${PROCESSES} processes, until rows show`, `${(performance.now() - began).toFixed(0)} ms`);
  await page.getByRole('button', { name: /^Load more than/ }).click();
  await expect(page.getByText(/^10,\d{3} processes$/)).toBeVisible();
  const unfolding = performance.now();
  await page.getByRole('button', { name: 'Expand all' }).click();
  const rows = async (): Promise<number> => Number(await tree.getAttribute('aria-rowcount'));
  await expect.poll(rows, { intervals: [50] }).toBeGreaterThan(PROCESSES);
  tell(`unfolding it to ${await rows()} rows`, `${(performance.now() - unfolding).toFixed(0)} ms`);
  const box = ':has(> [role=treegrid])';
  tell('scrolling it', smoothWords(await scrollSmoothness(page, box, { seconds: SECONDS, pixels: 40 })));
});

test('a threshold dragged in rarity', async ({ page, program }) => {
  await loadOnce(page, program, RECORDED);
  await page.goto('/rarity');
  const slider = page.getByRole('slider', { name: 'Fewer events than' });
  const line = await slider.locator('path').first().boundingBox();
  if (!line) throw new Error('the threshold has no line');
  const at = (pixels: number) => [line.x + line.width / 2 + pixels, line.y + line.height / 2] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  const times = await changesTold(slider);
  for (let round = 1; round <= ROUNDS; round++) {
    await page.mouse.move(...at(round * DRAG_PIXELS));
    await page.waitForTimeout(PAUSE_MS);
  }
  const told = await times.jsonValue();
  expect(told.length).toBeGreaterThan(ROUNDS / 2);
  tell('rarity threshold dragged, until alerts are counted', `${middle(told).toFixed(0)} ms`);
  const settled = page.waitForResponse((response) => response.url().includes('/api/rarity'));
  const rested = performance.now();
  await page.mouse.up();
  await settled;
  tell('the line let go, until the server has answered', `${(performance.now() - rested).toFixed(0)} ms`);
});

/** From now on: milliseconds from a move of the pointer to the picture in which the slider says another number. */
function changesTold(slider: Locator): Promise<JSHandle<readonly number[]>> {
  return slider.evaluateHandle((handle) => {
    const times: number[] = [];
    addEventListener(
      'pointermove',
      ({ timeStamp }) => {
        const before = handle.getAttribute('aria-valuetext');
        const look = (): void => {
          const now = performance.now();
          if (handle.getAttribute('aria-valuetext') !== before) times.push(now - timeStamp);
          else if (now - timeStamp < 5000) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      true,
    );
    return times;
  });
}
