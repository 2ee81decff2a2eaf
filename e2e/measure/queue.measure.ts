import { expect } from '../fixtures.ts';
import { scrollSmoothness, smoothFigure } from './frames.ts';
import { test } from './measured.ts';

const SECONDS = 5;

test.use({ label: 'measured queue', data: 'queue' });

test('a queue of 100,000 alerts', async ({ page, tell }) => {
  const rows = page.getByRole('grid', { name: 'Alerts' }).getByRole('row');
  // Once before: whoever opens a queue has the code of the page.
  await page.goto('/alerts');
  await expect(rows.nth(5)).toBeVisible();
  const began = performance.now();
  await page.goto('/alerts');
  await expect(rows.nth(5)).toBeVisible();
  tell({ name: 'queue of 100,000 alerts: page loaded, rows shown', value: performance.now() - began, unit: 'ms' });
  for (const pixels of [60, 4000]) {
    const smoothness = await scrollSmoothness(page, ':has(> [role=grid])', { seconds: SECONDS, pixels });
    tell(smoothFigure(`queue of 100,000 alerts: scrolled ${pixels} pixels a picture`, smoothness));
  }
});
