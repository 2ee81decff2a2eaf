import type { Page } from '@playwright/test';
import { complaints } from './axe.ts';
import { expect, RECORDED, test, upload } from './fixtures.ts';

test.use({ label: 'editor' });

const editor = (page: Page, name: string) => page.getByRole('textbox', { name });
const grid = (page: Page, name: string) => page.getByRole('grid', { name });

/** The recording, where this worker's program does not hold it yet. */
async function loaded(page: Page, url: string): Promise<void> {
  const { events } = await (await page.request.get(`${url}/api/status`)).json();
  if (events === 0) await upload(page, RECORDED);
}

/** Chooses the first proposal with the arrow key, and takes it. A list that is being renewed takes no keys. */
async function choose(page: Page, name: RegExp): Promise<void> {
  const first = page.getByRole('option', { name }).first();
  await expect(first).toBeVisible();
  await expect(async () => {
    if ((await page.locator('[role=option][aria-selected]').count()) === 0) await page.keyboard.press('ArrowDown');
    await expect(first).toHaveAttribute('aria-selected', 'true', { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
}

async function openEvents(page: Page, search = ''): Promise<void> {
  await page.goto(`/events${search}`);
  await expect(page.locator('.cm-editor')).toBeVisible();
}

test('a query is typed, completed and asked by keyboard, narrowed by a value, saved and found again', async ({
  page,
  program,
}) => {
  await loaded(page, program.url);
  await openEvents(page);
  await expect(page.getByRole('status').filter({ hasText: '213 events ·' })).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type('process.parent.na');
  await choose(page, /process\.parent\.name/);
  await expect(editor(page, 'KQL query')).toHaveText('process.parent.name:');

  // Values seen in the data, with their counts, stand first.
  await page.keyboard.type('php');
  await choose(page, /php-fpm8\.2.*events/);
  await expect(editor(page, 'KQL query')).toHaveText('process.parent.name: "php-fpm8.2"');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/kql=process\.parent\.name/);
  await expect(grid(page, 'Events')).toBeVisible();

  await grid(page, 'Events').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: 'Event' });
  await detail.getByRole('button', { name: 'Only event.action: ' }).click();
  await expect(editor(page, 'KQL query')).toContainText('process.parent.name: "php-fpm8.2" and event.action: ');
  await detail.getByRole('button', { name: 'Column process.executable' }).click();
  await expect(page.getByRole('columnheader', { name: 'process.executable' })).toBeVisible();
  await detail.getByText('Tree', { exact: true }).click();
  await expect(page.getByRole('treegrid')).toBeVisible();

  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByLabel('Save what is shown as').fill('Children of PHP');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Saved searches' }).getByText('Children of PHP')).toBeVisible();
  const asked = await editor(page, 'KQL query').textContent();

  await openEvents(page);
  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByRole('button', { name: /^Children of PHP/ }).click();
  await expect(editor(page, 'KQL query')).toHaveText(asked ?? '');
  await expect(page.getByRole('columnheader', { name: 'process.executable' })).toBeVisible();
  await page.reload();
  await expect(editor(page, 'KQL query')).toHaveText(asked ?? '');
});

test('a mistake is underlined, named with its place, and reached with F8', async ({ page, program }) => {
  await loaded(page, program.url);
  await openEvents(page, '?language=esql');
  await page.keyboard.press('/');
  await page.keyboard.type('FROM logs-*\n| WHERE process.nme == "sh"\n| LIMIT 3');
  await expect(page.getByRole('alert')).toContainText('Line 2, column 9: Unknown column [process.nme]');
  await expect(page.locator('.cm-lintRange-error')).toHaveText('process.nme');
  await page.keyboard.press('F8');
  await expect(page.locator('.cm-tooltip').getByText(/did you mean/)).toBeVisible();
  // F8 selects the place: typing replaces it.
  await page.keyboard.type('process.name');
  await expect(page.getByRole('alert')).toBeEmpty();
  await page.keyboard.press('Control+Enter');
  await expect(grid(page, 'Rows').getByRole('row')).toHaveCount(4);
});

test('a search that takes long is cancelled, and asked again', async ({ page, program }) => {
  await loaded(page, program.url);
  await openEvents(page);
  let held = true;
  await page.route('**/api/search?*', async (route) => {
    if (held && route.request().url().includes('whoami')) return;
    await route.continue();
  });
  await page.keyboard.press('/');
  await page.keyboard.type('process.name: whoami');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Cancelled' })).toBeVisible();
  held = false;
  await page.getByRole('button', { name: 'Search again' }).click();
  await expect(page.getByRole('heading', { name: 'Cancelled' })).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: / events? ·/ })).toBeVisible();
});

test('ES|QL shows its columns and rows; a row made of events can narrow the query, and be copied guarded', async ({
  page,
  context,
  program,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await loaded(page, program.url);
  const query =
    'FROM x | STATS runs = COUNT(*), formula = MAX(CONCAT("=", process.name)) BY process.name | SORT runs DESC';
  await openEvents(page, `?${new URLSearchParams({ language: 'esql', esql: query })}`);
  await expect(page.getByRole('columnheader')).toHaveText(['runs', 'formula', 'process.name']);
  await grid(page, 'Rows').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: 'Row' });
  await detail.getByRole('button', { name: 'Copy row' }).click();
  await page.getByRole('button', { name: 'as CSV' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^runs,formula,process\.name\r\n\d+,'=/);
  await page.keyboard.press('Escape');
  await detail.getByRole('button', { name: /^Only process\.name: / }).click();
  await expect(editor(page, 'ES|QL query')).toContainText(/\| WHERE process\.name == ".*" \| SORT runs DESC/);
  await expect(grid(page, 'Rows').getByRole('row')).toHaveCount(2);
});

test('text and caret survive the arrival of the editor; Tab leaves, Escape leaves, nothing is a trap', async ({
  page,
}) => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/mount-editor/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/events');
  const plain = page.locator('textarea');
  await plain.fill('process.name: sh');
  await plain.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(3, 3));
  const before = await plain.boundingBox();
  release();
  await expect(page.locator('.cm-editor')).toBeVisible();
  const after = await page.locator('.cm-editor').boundingBox();
  expect([after?.x, after?.y, after?.height]).toEqual([before?.x, before?.y, before?.height]);
  await page.keyboard.type('X');
  await expect(editor(page, 'KQL query')).toHaveText('proXcess.name: sh');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(editor(page, 'KQL query')).not.toBeFocused();
  await editor(page, 'KQL query').focus();
  await page.keyboard.press('Tab');
  await expect(editor(page, 'KQL query')).not.toBeFocused();
});

test('axe finds nothing with proposals, problems and details open', async ({ page, program }) => {
  const found: string[] = [];
  await loaded(page, program.url);
  await openEvents(page, '?kql=process.name:sh');
  await grid(page, 'Events').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Fields of the event' })).toBeVisible();
  found.push(...(await complaints(page, 'an event')));
  await page.getByRole('button', { name: 'Columns' }).click();
  const columns = page.getByRole('list', { name: 'Columns shown' });
  await expect(columns).toBeVisible();
  found.push(...(await complaints(page, 'columns')));
  await expect(columns).toBeVisible();
  const all = 'FROM logs-* // all\n| WHERE process.nme == "sh" AND process.pid > 1 AND NOT true\n| WHERE ';
  await openEvents(page, `?${new URLSearchParams({ language: 'esql', esql: all })}`);
  await expect(page.locator('.cm-lintRange-error').first()).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Control+Space');
  const proposal = page.getByRole('option').first();
  await expect(proposal).toBeVisible();
  // The list of proposals scrolls with the chosen one, which the arrow keys move from the editor.
  found.push(...(await complaints(page, 'proposals', { without: ['scrollable-region-focusable'] })));
  await expect(proposal).toBeVisible();
  expect(found).toEqual([]);
});
