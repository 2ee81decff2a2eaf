import type { Page } from '@playwright/test';
import { expect, loadOnce, RECORDED, test } from './fixtures.ts';
import { EXCEPTION } from './opened.ts';
import { follow, PAGES } from './pages.ts';

test.use({ label: 'small-things' });

test.beforeEach(({ page, program }) => loadOnce(page, program, RECORDED));

/** As if the events were those of the demo. */
const asDemo = (page: Page) =>
  page.route('**/api/status', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), demo: true } });
  });

test.describe('on the first visit', () => {
  test.use({ toured: false });

  test('a tour of the demo by keyboard, once', async ({ page }) => {
    await asDemo(page);
    await page.goto('/alerts');
    const card = (step: number) => page.getByRole('dialog', { name: new RegExp(`^Tour, ${step} of 5`) });
    await expect(card(1)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(card(2)).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    for (const step of [1, 2, 3, 4]) {
      await expect(card(step)).toBeFocused();
      await page.keyboard.press('ArrowRight');
    }
    await card(5).getByRole('button', { name: 'Done' }).press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1)).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Show the tour again' }).click();
    await expect(card(1)).toBeVisible();
  });

  test('skipping the tour is for good, and there is none on one’s own data', async ({ page }) => {
    await page.goto('/alerts');
    await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1)).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await asDemo(page);
    await page.reload();
    await expect(page.getByRole('dialog', { name: /^Tour/ })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.reload();
    await expect(page.getByText('Demo data')).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});

test('keys are switched off, letters alone or all', async ({ page }) => {
  await page.goto('/alerts');
  await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1)).toBeVisible();
  const choose = async (words: string): Promise<void> => {
    await page.getByRole('button', { name: 'Keyboard commands' }).click();
    await page.getByText(words, { exact: true }).click();
    await expect(page.getByRole('radio', { name: words })).toBeChecked();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await choose('No single letters');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Control+k');
  await expect(palette).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('1 selected')).toHaveCount(0);
  await choose('No keys');
  await page.keyboard.press('Control+k');
  await expect(palette).toHaveCount(0);
  await page.getByRole('button', { name: 'Search or go to' }).click();
  await palette.getByRole('combobox').fill('rarity');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/rarity/);
});

test('a note outlives a save that fails', async ({ page, program }) => {
  await page.goto('/alerts');
  await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/open=/);
  await page.route('**/api/alerts/changes', (route) => route.abort());
  await page.keyboard.press('n');
  const note = page.getByRole('dialog', { name: 'Add a note' }).getByRole('textbox', { name: 'Note' });
  await note.fill('The **shop** updates itself at night');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(note).toHaveValue('The **shop** updates itself at night');
  await page.unroute('**/api/alerts/changes');
  await page.reload();
  await expect(page.getByRole('article', { name: 'Alert' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(note).toHaveValue('The **shop** updates itself at night');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const id = new URL(page.url()).searchParams.get('open');
  await expect
    .poll(async () => JSON.stringify(await (await page.request.get(`${program.url}/api/alerts/${id}`)).json()))
    .toContain('updates itself at night');
  await page.keyboard.press('n');
  await expect(note).toHaveValue('');
});

/** Everything that is sent by pressing a button after writing: where, what opens it, the field, the button. */
const WRITTEN = [
  ['/alerts', ['j', 't'], 'Tags, with commas between', 'Add'],
  ['/alerts', ['button Views'], 'Save what is shown as', 'Save view'],
  ['/events?kql=*', ['button Saved'], 'Save what is shown as', 'Save'],
  ['/sources', [], 'Name of the key', 'Make a key'],
] as const;

for (const [path, ways, field, button] of WRITTEN) {
  test(`“${field}” on ${path.replace(/\?.*/, '')} outlives a server that fails`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    if (path === '/alerts') await expect(page.getByRole('gridcell').first()).toBeVisible();
    for (const way of ways) {
      if (way.startsWith('button ')) await page.getByRole('button', { name: way.slice(7), exact: true }).click();
      else {
        await page.keyboard.press(way);
        await expect(page.locator('[data-active=true]')).toBeVisible();
      }
    }
    const box = page.getByLabel(field).first();
    await box.fill('What was written, at length');
    await page.route('**/api/**', (route) =>
      route.request().method() === 'GET'
        ? route.fallback()
        : route.fulfill({ status: 500, json: { code: 'internal', message: 'A made-up failure.' } }),
    );
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(page.getByText('A made-up failure.').first()).toBeVisible();
    await expect(box).toHaveValue('What was written, at length');
  });
}

test('the focus is not lost with what had it: a button that is switched off, a form or a row that goes', async ({
  page,
  program,
}) => {
  await page.goto('/alerts?severity=high');
  await page.getByRole('button', { name: 'Views' }).click();
  const name = page.getByLabel('Save what is shown as');
  await name.fill('Kept focus');
  await page.getByRole('button', { name: 'Save view' }).press('Enter');
  await expect(page.getByLabel('Name of this view')).toHaveValue('Kept focus');
  await expect(name).toBeFocused();

  for (const one of ['First of two', 'Second of two', 'Another']) {
    const made = await page.request.post(`${program.url}/api/exceptions`, { data: { ...EXCEPTION, name: one } });
    expect(made.ok(), await made.text()).toBe(true);
  }
  await page.goto('/exceptions?text=of+two');
  const row = (words: string) =>
    page.getByRole('list', { name: 'Exceptions' }).getByRole('listitem').filter({ hasText: words });
  await expect(page.getByRole('heading', { name: '2 of 3 exceptions' })).toBeVisible();
  const edit = row('First').getByRole('button', { name: 'Edit' });
  await edit.press('Enter');
  const form = page.getByRole('form', { name: 'Change the exception' });
  await expect(form.getByRole('combobox', { name: 'For' })).toBeFocused();
  await form.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(form).toHaveCount(0);
  await expect(edit).toBeFocused();

  await row('Second').getByRole('button', { name: 'Delete' }).press('Enter');
  const asked = page.getByRole('dialog');
  await expect(asked.getByRole('textbox', { name: 'Why' })).toBeFocused();
  await page.keyboard.type('A test of the focus');
  await page.keyboard.press('Enter');
  await expect(row('Second')).toHaveCount(0);
  await expect(asked).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main li, main ul') !== null)).toBe(true);
});

test('times as dates of either zone, or as ages', async ({ page }) => {
  await page.goto('/alerts');
  const time = page.getByRole('grid', { name: 'Alerts' }).locator('time').first();
  await expect(time).toHaveText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  await page.getByRole('button', { name: 'UTC' }).click();
  await expect(page.getByRole('button', { name: /^local/ })).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Age', { exact: true }).click();
  await expect(time).toHaveText(/ago$|^in /);
  await expect(time).toHaveAttribute('title', /^\d{4}-.*\.\d{3} /);
});

test('a lost server is told without moving the page, and so is its return', async ({ page, program }) => {
  await page.goto('/rules');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeVisible();
  const before = await heading.boundingBox();
  await program.stop();
  await expect(page.getByText('No connection to the server')).toBeVisible();
  expect(await heading.boundingBox()).toEqual(before);
  await program.start();
  await expect(page.getByText('Connected again')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('No connection to the server')).toHaveCount(0);
});

const WIDTHS = [768, 1280, 1920, 2560, 3840];

test('every page fits every width', async ({ page }) => {
  test.slow();
  for (const path of PAGES) {
    for (const [index, width] of WIDTHS.entries()) {
      await page.setViewportSize({ width, height: 900 });
      if (index === 0) await follow(page, path);
      const overflows = () =>
        page.evaluate(() =>
          [document.documentElement, document.querySelector('main')].map(
            (box) => (box?.scrollWidth ?? 0) - (box?.clientWidth ?? 0),
          ),
        );
      // A chart takes a moment to follow.
      await expect.poll(async () => Math.max(...(await overflows())), `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});

test('on paper there is the page and nothing around it', async ({ page }) => {
  await page.goto('/rules');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('an empty queue says why: nothing loaded, nothing matches, or it failed', async ({ page }) => {
  await page.goto('/alerts?text=nothing-is-called-so');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1)).toBeVisible();
  await page.route('**/api/alerts?*', (route) =>
    route.fulfill({ status: 400, json: { code: 'invalid-request', message: 'A made-up failure.' } }),
  );
  await page.goto('/alerts?text=again');
  await expect(page.getByRole('alert')).toContainText('A made-up failure.');
  await page.unroute('**/api/alerts?*');
  await page.route('**/api/alerts?*', (route) =>
    route.fulfill({ json: { alerts: [], total: 0, counts: { open: 0, acknowledged: 0, closed: 0, stale: 0 } } }),
  );
  await page.route('**/api/status', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), events: 0 } });
  });
  await page.goto('/alerts');
  await expect(page.getByText('No events yet')).toBeVisible();
});
