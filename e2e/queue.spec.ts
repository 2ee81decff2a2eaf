import { expect, loadOnce, RECORDED, test } from './fixtures.ts';

test.use({ label: 'queue' });

/** Each test finds the recording loaded, everything open, and no saved views, whatever ran before it. */
test.beforeEach(async ({ page, program }) => {
  await loadOnce(page, program, RECORDED);
  await page.request.post(`${program.url}/api/alerts/changes`, {
    data: {
      selection: { filter: { status: ['acknowledged', 'closed'] }, except: [] },
      change: { status: 'open', verdict: null },
    },
  });
  const { views } = await (await page.request.get(`${program.url}/api/views`)).json();
  for (const { id } of views) await page.request.delete(`${program.url}/api/views/${id}`);
});

test('a queue worked by keyboard: move, select, close, undo; the URL keeps the view', async ({ page, program }) => {
  const { total } = await (await page.request.get(`${program.url}/api/alerts?limit=1`)).json();
  await page.goto('/alerts');
  const rows = page.getByRole('grid', { name: 'Alerts' }).getByRole('row');
  await expect(page.getByRole('button', { name: `${total} Open` })).toBeVisible();
  await rows.nth(1).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Close with a verdict' });
  await dialog.getByRole('radio', { name: /^False positive/ }).check();
  await dialog.getByRole('button', { name: 'Set verdict and close' }).click();
  await expect(page.getByRole('button', { name: `${total - 2} Open` })).toBeVisible();
  // Until the dialog is gone, keys are the dialog's.
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: `${total} Open` })).toBeVisible();

  await page.getByRole('searchbox', { name: 'Filter by text' }).fill('base64');
  await expect(page).toHaveURL(/base64/);
  await expect(rows).toHaveCount(2);
  await page.reload();
  await expect(rows).toHaveCount(2);
});

test('text from events is shown as text, never run', async ({ page, program }) => {
  const hostile = {
    '@timestamp': '2026-11-20T10:00:00.000Z',
    event: { id: 'hostile-1', category: ['process'], type: ['start'], action: 'exec' },
    host: { id: 'h<b>1', name: 'web"><img src=x onerror=alert(1)>', os: { type: 'linux' } },
    agent: { id: 'a1' },
    user: { id: '33', name: 'www-data' },
    process: {
      name: 'sh',
      executable: '/bin/sh',
      working_directory: '/var/www/x',
      pid: 9,
      command_line: 'sh -c <script>document.title="owned"</script> \u202Etxt.exe',
      args: ['sh'],
      parent: { name: 'nginx', executable: '/usr/sbin/nginx', pid: 1 },
    },
  };
  const sent = await page.request.post(`${program.url}/api/uploads?name=hostile.ndjson`, {
    data: Buffer.from(`${JSON.stringify(hostile)}\n`),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(sent.status()).toBe(202);
  await expect
    .poll(async () => (await (await page.request.get(`${program.url}/api/alerts?text=script`)).json()).total)
    .toBe(1);
  await page.goto('/alerts?text=script');
  const row = page.getByRole('row').filter({ hasText: '<script>' });
  await expect(row).toBeVisible();
  await row.click();
  await expect(page.getByRole('article', { name: 'Alert' })).toContainText('<script>document.title');
  expect(await page.title()).not.toContain('owned');
  expect(await page.locator('img[src=x]').count()).toBe(0);
});

test('ten alerts triaged without a pointer; the keys are counted', async ({ page, program }) => {
  test.slow();
  await page.goto('/alerts');
  const open = async (): Promise<number> =>
    (await (await page.request.get(`${program.url}/api/alerts?limit=1`)).json()).counts.open;
  const rows = page.getByRole('grid', { name: 'Alerts' }).getByRole('row');
  await expect(rows.nth(10)).toBeVisible();
  const before = await open();
  let keys = 0;
  const press = async (...names: string[]): Promise<void> => {
    for (const name of names) {
      await page.keyboard.press(name);
      keys++;
    }
  };
  const detail = page.getByRole('article', { name: 'Alert' });
  const beside = (): string | null => new URL(page.url()).searchParams.get('open');
  await press('j', 'Enter');
  await expect(detail).toBeVisible();
  // Six by one key each: the next alert takes the place of the one that is closed.
  for (let closed = 1; closed <= 6; closed++) {
    const shown = beside();
    await press(closed % 3 === 0 ? 'f' : 'b');
    await expect.poll(open).toBe(before - closed);
    await expect.poll(beside).not.toBe(shown);
  }
  // One with its verdict from the dialog.
  const seventh = beside();
  await press('c');
  const dialog = page.getByRole('dialog', { name: 'Close with a verdict' });
  await expect(dialog).toBeVisible();
  await press('Space', 'Enter');
  await expect.poll(open).toBe(before - 7);
  // Until the dialog is gone, keys are the dialog's.
  await expect(dialog).toBeHidden();
  await expect.poll(beside).not.toBe(seventh);
  // The last three at once.
  await press('x', 'j', 'j', 'Shift+x');
  await expect(page.getByText('3 selected')).toBeVisible();
  await press('b');
  await expect.poll(open).toBe(before - 10);
  expect(keys).toBeLessThanOrEqual(16);
  process.stdout.write(`Ten alerts triaged by keyboard: ${keys} keystrokes\n`);
});

test('a view is saved, told to be modified, reset, pinned and opened by default', async ({ page }) => {
  await page.goto('/alerts?sort=commandLine&direction=ascending');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('textbox', { name: 'Save what is shown as' }).fill('By command');
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(page).toHaveURL(/view=/);
  await page.keyboard.press('Escape');
  const filters = page.getByRole('toolbar', { name: 'Filters' });
  await filters.getByRole('button', { name: 'Host', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Filter by text' }).fill('base64');
  const menu = page.getByRole('button', { name: 'By command • modified' });
  await menu.click();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page).not.toHaveURL(/base64/);
  await page.getByRole('button', { name: 'Pin By command' }).click();
  await page.getByRole('button', { name: 'Make default' }).click();
  await expect(page.getByRole('button', { name: 'Default', exact: true })).toBeVisible();
  await page.goto('/alerts');
  await expect(page).toHaveURL(/sort=commandLine/);
  await expect(page.getByRole('button', { name: 'By command', pressed: true })).toBeVisible();
});

test('groups are unfolded by keyboard; one is closed whole and taken back', async ({ page, program }) => {
  await page.goto('/alerts?group=rule&group=host');
  const grid = page.getByRole('treegrid', { name: 'Alerts' });
  const first = grid.getByRole('row').nth(1);
  await expect(first).toHaveAttribute('aria-expanded', 'false');
  const { groups } = await (await page.request.get(`${program.url}/api/alerts/groups?by=rule&status=open`)).json();
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await expect(grid.getByRole('row').nth(2)).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(grid.getByRole('row').nth(3)).toHaveAttribute('aria-level', '3');
  await expect(page).toHaveURL(/unfolded=/);
  await page.keyboard.press('Home');
  await page.keyboard.press('x');
  await expect(page.getByText(`${groups[0].alerts} selected`)).toBeVisible();
  await page.keyboard.press('b');
  const left = async (): Promise<number> =>
    (await (await page.request.get(`${program.url}/api/alerts?status=closed`)).json()).total;
  await expect.poll(left).toBe(groups[0].alerts);
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect.poll(left).toBe(0);
});

test('a cell narrows the queue by keyboard, and its chip takes that back', async ({ page }) => {
  await page.goto('/alerts?status=all');
  const grid = page.getByRole('grid', { name: 'Alerts' });
  await expect(grid.getByRole('row').nth(2)).toBeVisible();
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('m');
  const menu = page.getByRole('menu', { name: 'This value' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(grid.getByRole('row')).toHaveCount(2);
  await expect(page).toHaveURL(/only=commandLine/);
  await page.getByRole('button', { name: /^Take back: only command line/ }).click();
  await expect(page).not.toHaveURL(/only=/);
});

test('tags are put on and taken off in a dialog, and narrow the queue', async ({ page }) => {
  await page.goto('/alerts?sort=commandLine&direction=ascending');
  const rows = page.getByRole('grid', { name: 'Alerts' }).getByRole('row');
  await expect(rows.nth(2)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Tags' });
  await dialog.getByLabel('Tags, with commas between').fill('web shell, ticket 17');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('toolbar', { name: 'Filters' }).getByRole('button', { name: 'Tag', exact: true }).click();
  await page.getByRole('checkbox', { name: /^ticket 17/ }).check();
  await expect(page).toHaveURL(/tag=ticket/);
  await expect(rows).toHaveCount(3);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('No alert matches the filter')).toBeVisible();
});

test('brackets go from one open alert to the next and back', async ({ page }) => {
  await page.goto('/alerts');
  await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(3)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const shown = (): string | null => new URL(page.url()).searchParams.get('open');
  await expect.poll(shown).not.toBeNull();
  const first = shown();
  await page.keyboard.press(']');
  await expect.poll(shown).not.toBe(first);
  await page.keyboard.press('[');
  await expect.poll(shown).toBe(first);
});

test('dragging over the bars narrows the queue to their time', async ({ page }) => {
  await page.goto('/alerts?status=all');
  const bars = page.getByRole('figure', { name: 'Alerts over time' }).locator('svg.recharts-surface').first();
  const box = await bars.boundingBox();
  if (!box) throw new Error('no chart');
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.3));
  await page.mouse.down();
  await page.mouse.move(...at(0.5), { steps: 4 });
  await page.mouse.move(...at(0.7), { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*to=/);
});
