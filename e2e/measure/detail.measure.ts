import type { JSHandle, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { middle } from './figures.ts';
import { test } from './measured.ts';
import { processorTime } from './processor-time.ts';

const ROUNDS = 9;
/** Between two of them, as somebody reads; what is near is read meanwhile. */
const PAUSE_MS = 500;
const BOUND = 150;

test.use({ label: 'measured detail', data: 'fleet' });

const WAYS = [
  ['pressed, not hovered before', (page: Page, at: number) => pressRow(page, at)],
  ['the next one by key', (page: Page) => page.keyboard.press('j')],
] as const;

for (const [way, open] of WAYS) {
  test(`an alert over a million events: ${way}`, async ({ page, tell }) => {
    await page.goto('/alerts');
    await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(3)).toBeVisible();
    // The first one also loads the code of the detail.
    await pressRow(page, 0);
    await expect(page.locator('article[data-alert][aria-busy=false]')).toBeVisible();
    await page.waitForTimeout(2 * PAUSE_MS);
    const times: Drawn[] = [];
    const used = await processorTime(page);
    for (let round = 1; round <= ROUNDS; round++) {
      const watch = await nextDetail(page);
      // Every third row: not one that was read because it stands beside the open one.
      await open(page, 3 * round);
      times.push(await watch.evaluate(({ drawn }) => drawn));
      await page.waitForTimeout(PAUSE_MS);
    }
    const each = (await used()) / ROUNDS;
    for (const part of ['command', 'whole'] as const) {
      tell({
        name: `alert ${way}: until its ${part === 'command' ? 'command' : 'whole detail'} is drawn`,
        value: middle(times.map((one) => one[part])),
        unit: 'ms',
        bound: BOUND,
        note: `longest ${Math.max(...times.map((one) => one[part])).toFixed(0)}; ${each.toFixed(0)} ms of a processor in the page`,
      });
    }
  });
}

/** Milliseconds from the press until after the picture with what ran and where; and with why it fired, too. */
interface Drawn {
  readonly command: number;
  readonly whole: number;
}

const pressRow = (page: Page, at: number): Promise<void> =>
  page.evaluate((index) => document.querySelectorAll<HTMLElement>('main [role=grid] tbody tr')[index]?.click(), at);

/** Watches the next press of a key or button; a key would overtake whoever does not wait until it watches. */
const nextDetail = (page: Page): Promise<JSHandle<{ readonly drawn: Promise<Drawn> }>> =>
  page.evaluateHandle(
    (limit) => ({
      drawn: new Promise<Drawn>((resolve, reject) => {
        const articleOf = (): Element | null => document.querySelector('article[data-alert]');
        const before = articleOf()?.getAttribute('data-alert');
        setTimeout(() => reject(new Error('no other alert was shown')), limit);
        const begin = (): void => {
          const began = performance.now();
          let command: number | null = null;
          removeEventListener('click', begin, true);
          removeEventListener('keydown', begin, true);
          const look = (): void => {
            const article = articleOf();
            const isNext = article !== null && article.getAttribute('data-alert') !== before;
            const isWhole = isNext && article.querySelector('[role=tabpanel] section') !== null;
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
              if (isNext) command ??= performance.now() - began;
              if (isWhole && command !== null) resolve({ command, whole: performance.now() - began });
              else requestAnimationFrame(look);
            };
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        };
        addEventListener('click', begin, true);
        addEventListener('keydown', begin, true);
      }),
    }),
    20_000,
  );
