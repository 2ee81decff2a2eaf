import { readFile } from 'node:fs/promises';
import { expect, openAlert, RECORDED, tab, test, upload } from './fixtures.ts';

test.use({ label: 'tree' });

test('a tree by keyboard, through time, as a graph, as a file', async ({ page }) => {
  await upload(page, RECORDED);
  await openAlert(page, 'sh -c id');
  await tab(page, 'Tree').click();
  const grid = page.getByRole('treegrid', { name: 'Process tree' });
  const rows = grid.getByRole('row');
  await expect(grid.getByText('alert', { exact: true }).first()).toBeVisible();

  await grid.focus();
  await page.keyboard.press('Home');
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  const open = await grid.getAttribute('aria-rowcount');
  await page.keyboard.press('ArrowLeft');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await page.keyboard.press('ArrowRight');
  await expect(grid).toHaveAttribute('aria-rowcount', open ?? '');

  const time = page.getByRole('slider', { name: 'Show the tree as of a time' });
  await time.fill('0');
  await expect(page.getByText(/^[1-9]\d* process(es)?$/)).toBeVisible();
  await expect(grid).not.toHaveAttribute('aria-rowcount', open ?? '');
  await time.fill('400');
  await expect(grid).toHaveAttribute('aria-rowcount', open ?? '');

  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'SVG' }).click();
  const svg = await readFile(await (await download).path(), 'utf8');
  expect(svg).toContain('<svg xmlns=');
  expect(svg).toContain('sh -c id');
  await page.keyboard.press('Escape');

  await page.getByText('Graph', { exact: true }).click();
  const graph = page.getByRole('tree', { name: 'Process graph' });
  await graph.focus();
  await page.keyboard.press('Home');
  const selected = graph.locator('[aria-selected="true"]');
  const first = await selected.getAttribute('aria-label');
  await page.keyboard.press('ArrowRight');
  await expect(selected).not.toHaveAttribute('aria-label', first ?? '');
  await page.keyboard.press('ArrowLeft');
  await expect(selected).toHaveAttribute('aria-label', first ?? '');
});

test('thresholds of rarity are moved by key and by pointer, and say how many alerts they give', async ({ page }) => {
  await page.goto('/rarity');
  const line = page.getByRole('slider', { name: 'Fewer events than' });
  await expect(line).toHaveAttribute('aria-valuenow', '5');
  const told = page.getByRole('status').filter({ hasText: 'would alert' });
  await expect(told).toContainText('fewer than 5 events');
  await line.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(told).toContainText('fewer than 4 events');
  await expect(page).toHaveURL(/count=4/);

  const handle = await line.locator('path').first().boundingBox();
  if (!handle) throw new Error('no line');
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 160, y, { steps: 4 });
  await expect(line).not.toHaveAttribute('aria-valuenow', '4');
  await page.mouse.up();
  await expect(page).not.toHaveURL(/count=4(?!\d)/);
  await page.getByText(/^Command shapes/).click();
  await expect(page.getByRole('list', { name: 'Command shapes' })).toBeVisible();

  await page.goto('/rarity?count=3&agents=2');
  await page.getByRole('link', { name: 'Preview the rule with these thresholds' }).click();
  await expect(page.getByLabel('cc < …')).toHaveValue('3');
  await expect(page.getByLabel('agent_count <= …')).toHaveValue('2');
  await page.goBack();
  await page.getByRole('button', { name: 'Back to the rule’s own' }).click();
  await expect(told).toContainText('fewer than 5 events on at most 1 agent');
});
