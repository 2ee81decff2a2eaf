import { expect, RECORDED, test, upload } from './fixtures.ts';

test.use({ label: 'queue' });

test('a queue worked by keyboard: move, select, close, undo; the URL keeps the view', async ({ page }) => {
  await upload(page, RECORDED);
  await page.goto('/alerts');
  const rows = page.getByRole('grid', { name: 'Alerts' }).getByRole('row');
  await expect(page.getByRole('button', { name: '19 Open' })).toBeVisible();
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
  await expect(page.getByRole('button', { name: '17 Open' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: '19 Open' })).toBeVisible();

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
