import type { Page } from '@playwright/test';
import { complaints } from './axe.ts';
import { expect, loadOnce, RECORDED, test } from './fixtures.ts';
import { ELSEWHERE, OVER_QUEUE, prepare } from './opened.ts';
import { follow, inTwo, PAGES, pagesOfAlert } from './pages.ts';
import type { Program } from './program.ts';

test.use({ label: 'accessibility', colorScheme: 'dark' });
// The longest file by far: each worker takes its tests, with a program of its own.
test.describe.configure({ mode: 'parallel' });

test.beforeEach(({ page, program }) => {
  test.slow();
  return loadOnce(page, program, RECORDED);
});

async function expectNoComplaints(page: Page, paths: readonly string[]): Promise<void> {
  const found: string[] = [];
  for (const path of paths) {
    await follow(page, path);
    found.push(...(await complaints(page, path)));
  }
  expect(found).toEqual([]);
}

/** An alert beside the queue, each of its tabs, and one of its events. */
async function pathsOfAlert(page: Page, { url }: Program): Promise<readonly string[]> {
  const { alerts } = await (await page.request.get(`${url}/api/alerts?status=open`)).json();
  const { id } = alerts.find((alert: { ruleName: string }) => alert.ruleName.startsWith('Unusual Command'));
  const { events } = await (await page.request.get(`${url}/api/alerts/${id}/events`)).json();
  return [...pagesOfAlert(id), `/explain?event=${encodeURIComponent(events[0].id)}`];
}

for (const [index, paths] of inTwo(PAGES).entries()) {
  test(`axe finds nothing on any page, ${index + 1} of 2`, ({ page }) => expectNoComplaints(page, paths));
}

test('axe finds nothing on the pages of an alert', async ({ page, program }) =>
  expectNoComplaints(page, await pathsOfAlert(page, program)));

async function arrive(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
  if (path.startsWith('/alerts')) await expect(page.getByRole('row').nth(1)).toBeVisible();
  if (path === '/alerts') await page.keyboard.press('j');
}

for (const states of [...inTwo(OVER_QUEUE), ...inTwo(ELSEWHERE)]) {
  test(`axe finds nothing in what opens: ${states.map(({ name }) => name).join(', ')}`, async ({ page, program }) => {
    if (states.some(({ path }) => path !== undefined)) await prepare(page, program);
    const found: string[] = [];
    let unchanged: string | undefined;
    for (const { name, path = '/alerts', open, shown, whole, lingers, without } of states) {
      if (path !== unchanged) await arrive(page, path);
      await open(page);
      await expect(shown(page), name).toBeVisible();
      const within = whole ? undefined : shown(page);
      found.push(...(await complaints(page, name, { without, within })));
      await expect(shown(page), name).toBeVisible();
      unchanged = whole || lingers ? undefined : path;
      if (unchanged === undefined) continue;
      await page.keyboard.press('Escape');
      await expect(shown(page), `${name}, after Escape`).toHaveCount(0);
    }
    expect(found).toEqual([]);
  });
}

test.describe('on the first visit', () => {
  test.use({ toured: false });

  test('axe finds nothing in the tour', async ({ page }) => {
    await page.route('**/api/status', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), demo: true } });
    });
    await page.goto('/alerts');
    await expect(page.getByRole('dialog', { name: /^Tour/ })).toBeVisible();
    expect(await complaints(page, 'tour')).toEqual([]);
  });
});
