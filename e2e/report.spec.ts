import { readFile } from 'node:fs/promises';
import { expect, openAlert, RECORDED, test, upload } from './fixtures.ts';

test.use({ label: 'report' });

test('one click makes a report of an alert, several are one incident', async ({ page, context }) => {
  await upload(page, RECORDED);
  await openAlert(page, 'sh -c id');
  await page.getByRole('button', { name: 'Report' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Markdown' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^alert-[0-9a-f]+\.md$/);
  const markdown = await readFile(await file.path(), 'utf8');
  expect(markdown).toContain('`sh -c id`');
  expect(markdown).toMatch(/### Process tree[\s\S]*◀ alert[\s\S]*## Digests[\s\S]*`[0-9a-f]{64}`/);

  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Open to read or print' }).click();
  const report = await opened;
  await expect(report.getByRole('heading', { level: 1 })).toContainText('Alert:');
  await expect(report.getByRole('heading', { name: 'Digests' })).toBeVisible();
  expect(await report.locator('script, a[href], img').count()).toBe(0);
  await report.close();

  await page.goto('/alerts');
  await page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1).focus();
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await expect(page.getByText('2 selected')).toBeVisible();
  const bar = page.getByRole('toolbar', { name: 'Change the selected alerts' });
  await bar.getByRole('button', { name: 'Report' }).click();
  const bundle = page.waitForEvent('download');
  await page.getByRole('link', { name: /^JSON/ }).click();
  const incident = JSON.parse(await readFile(await (await bundle).path(), 'utf8'));
  expect(incident.alerts).toHaveLength(2);
  expect(incident.alertsAsked).toBe(2);
});
