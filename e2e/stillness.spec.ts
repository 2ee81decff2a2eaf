import type { Page } from '@playwright/test';
import { expect, loadOnce, RECORDED, test } from './fixtures.ts';
import { inTwo, PAGES, pagesOfAlert } from './pages.ts';

test.use({ label: 'stillness' });
// Each worker takes its tests, with a program of its own: none is left alone with all of them.
test.describe.configure({ mode: 'parallel' });

test.beforeEach(({ page, program }) => {
  test.slow();
  return loadOnce(page, program, RECORDED);
});

/** How far the page may move while it loads, of 1; what Google calls good is 0.1. */
const BOUND = 0.07;
/** Milliseconds until each answer, so that every state on the way is drawn. */
const LATE = 100;

declare global {
  interface Window {
    moved: { readonly value: number; readonly what: string }[];
  }
}

/** Notes everything that moves of itself; what somebody's press moves does not count. */
const watch = (page: Page) =>
  page.addInitScript(() => {
    window.moved = [];
    const name = (node: Node | null | undefined): string =>
      node instanceof Element ? `${node.localName}.${node.className} “${node.textContent?.slice(0, 40)}”` : '';
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
          sources: readonly { readonly node: Node | null }[];
        };
        if (!hadRecentInput) window.moved.push({ value, what: sources.map(({ node }) => name(node)).join(' | ') });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });

async function expectStillness(page: Page, paths: readonly string[]): Promise<void> {
  await page.route('**/*', async (route) => {
    if (route.request().url().includes('/api/live')) return route.fallback();
    await new Promise((resolve) => setTimeout(resolve, LATE));
    return route.fallback();
  });
  await watch(page);
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    // One answer may be asked for by what another brings.
    await page.waitForTimeout(4 * LATE);
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await page.waitForTimeout(2 * LATE);
    const moved = await page.evaluate(() => window.moved);
    const sum = moved.reduce((total, { value }) => total + value, 0);
    if (sum > BOUND)
      found.push(
        `${path} moved by ${sum.toFixed(3)}: ${moved.map(({ value, what }) => `${value.toFixed(3)} ${what}`).join('; ')}`,
      );
  }
  expect(found).toEqual([]);
}

for (const [index, paths] of inTwo(PAGES).entries()) {
  test(`nothing moves while pages load, on a connection on which every answer is late, ${index + 1} of 2`, ({ page }) =>
    expectStillness(page, paths));
}

test('nothing moves while the pages of an alert load, on such a connection', async ({ page, program }) => {
  const { alerts } = await (await page.request.get(`${program.url}/api/alerts`)).json();
  await expectStillness(page, pagesOfAlert(alerts[0].id));
});
