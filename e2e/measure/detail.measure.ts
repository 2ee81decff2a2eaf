import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { middle } from './figures.ts';
import { test } from './measured.ts';

const ROUNDS = 11;
/** Between two of them, so that none waits for what the last one left behind. */
const PAUSE_MS = 400;
const BOUND = 150;

test.use({ label: 'measured detail', data: 'fleet' });

test('an alert of a million events, opened', async ({ page, tell }) => {
  await page.goto('/alerts');
  const rows = page.getByRole('grid', { name: 'Alerts' }).getByRole('row');
  await expect(rows.nth(2 * ROUNDS)).toBeVisible();
  const ways = [
    ['pressed at once', (at: number) => pressRow(page, at)],
    ['the next one by key', () => page.keyboard.press('j')],
  ] as const;
  for (const [way, open] of ways) {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const shown = nextDetail(page);
      await open(round + 1);
      times.push(await shown);
      await page.waitForTimeout(PAUSE_MS);
    }
    // The first one also loads the code of the detail.
    tell({
      name: `alert beside the queue: ${way}, until its detail is drawn`,
      value: middle(times.slice(1)),
      unit: 'ms',
      bound: BOUND,
      note: `longest ${Math.max(...times.slice(1)).toFixed(0)}, first ${times[0]?.toFixed(0)}`,
    });
  }
});

const pressRow = (page: Page, at: number): Promise<void> =>
  page.evaluate((index) => document.querySelectorAll<HTMLElement>('main [role=grid] tbody tr')[index]?.click(), at);

/** From the next press of a key or button to after the picture with another alert's title, sentence, command and tabs. */
async function nextDetail(page: Page): Promise<number> {
  return page.evaluate(
    (limit) =>
      new Promise<number>((resolve, reject) => {
        const shown = (): string | null => new URL(location.href).searchParams.get('open');
        const whyOf = (): Element | null => document.querySelector('article[data-alert] [role=tabpanel] section');
        const before = document.querySelector('article')?.getAttribute('data-alert') ?? null;
        const begin = (): void => {
          const began = performance.now();
          removeEventListener('click', begin, true);
          removeEventListener('keydown', begin, true);
          const look = (): void => {
            const now = document.querySelector('article')?.getAttribute('data-alert') ?? null;
            if (now !== null && now !== before && now === shown() && whyOf()) {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => resolve(performance.now() - began);
              port2.postMessage(null);
            } else if (performance.now() - began > limit) reject(new Error('the alert did not show'));
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        };
        addEventListener('click', begin, true);
        addEventListener('keydown', begin, true);
      }),
    5000,
  );
}
