import type { JSHandle, Locator } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { middle } from './figures.ts';
import { test } from './measured.ts';

const ROUNDS = 9;
/** How far the pointer goes each time: enough for another threshold. */
const DRAG_PIXELS = 24;
const PAUSE_MS = 250;
const BOUND = 300;

test.use({ label: 'measured rarity', data: 'fleet' });

test('thresholds of rarity dragged over a million events', async ({ page, tell }) => {
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
  tell({
    name: 'rarity of 1,000,000 events: line dragged, until alerts are counted',
    value: middle(told),
    unit: 'ms',
    bound: BOUND,
    note: `longest ${Math.max(...told).toFixed(0)}`,
  });
  const settled = page.waitForResponse((response) => response.url().includes('/api/rarity'));
  const rested = performance.now();
  await page.mouse.up();
  await (await settled).finished();
  tell({
    name: 'rarity of 1,000,000 events: let go, until the server answered',
    value: performance.now() - rested,
    unit: 'ms',
    bound: BOUND,
  });
});

test('other fields and another window of rarity', async ({ page, program, tell }) => {
  for (const by of [
    ['process.command_line'],
    ['process.command_line', 'user.name'],
    ['process.command_line', 'process.parent.executable', 'user.name'],
  ]) {
    const query = by.map((field) => `by=${field}`).join('&');
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now();
      await (await page.request.get(`${program.url}/api/rarity?${query}&limit=1000&count=${round + 3}`)).body();
      times.push(performance.now() - began);
    }
    tell({ name: `rarity of 1,000,000 events by ${by.length}: the server’s answer`, value: middle(times), unit: 'ms' });
  }
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
