import { expect, RECORDED, test, upload } from './fixtures.ts';

test.use({ label: 'exceptions' });

const RULE = 'unusual-child-execution-via-web-server';
const entries = (value: string) =>
  encodeURIComponent(JSON.stringify([{ type: 'match', field: 'process.executable', operator: 'included', value }]));

test('an exception is seen to work, saved with a reason, and taken back through its history', async ({ page }) => {
  await upload(page, RECORDED);
  await page.goto(`/exceptions?edit=new&rule=${RULE}&entries=${entries('/usr/bin/file')}`);
  const effect = page.getByRole('region', { name: 'Effect on stored events' });
  await expect(effect).toContainText('alerts removed');
  await expect(page.getByText(/holds for \d+ events?, \d+ alerts?/)).toBeVisible();
  await expect(effect.getByText(/It breaks \d+ case/)).toBeVisible();
  const form = page.getByRole('form', { name: 'New exception' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Upload check');
  await form.getByRole('textbox', { name: 'Reason' }).fill('The application looks at uploads');
  await form.getByRole('button', { name: 'Create exception' }).click();
  await expect(form.getByText('Narrow its conditions', { exact: false })).toBeVisible();
  await form
    .getByRole('textbox', { name: 'Why it may be saved all the same' })
    .fill('Agreed with the owner of the application');
  await form.getByRole('button', { name: 'Create exception' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Upload check' });
  await expect(row).toBeVisible();

  await row.getByRole('switch').click();
  await row.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('dialog', { name: /History of/ });
  await expect(history).toContainText('Agreed with the owner of the application');
  await expect(history).toContainText('+ switched off');
  await history.getByRole('button', { name: 'Back to version 1' }).click();
  await history.getByRole('textbox', { name: /put back all the same/ }).fill('It is needed again after all');
  await history.getByRole('button', { name: 'Back to version 1' }).click();
  await expect(row.getByRole('switch')).toBeChecked();
});

test('hiding a true positive is red, and needs a reason', async ({ page, program }) => {
  const { alerts } = await (await page.request.get(`${program.url}/api/alerts?rule=${RULE}`)).json();
  await page.request.post(`${program.url}/api/alerts/changes`, {
    data: { selection: { ids: [alerts[0].id] }, change: { status: 'closed', verdict: 'true-positive-impact' } },
  });
  for (const { id } of (await (await page.request.get(`${program.url}/api/exceptions`)).json()).exceptions) {
    await page.request.delete(`${program.url}/api/exceptions/${id}`);
  }
  await page.goto(`/exceptions?edit=new&rule=${RULE}&entries=${entries('/usr/bin/file')}`);
  await expect(page.getByText('It would have hidden 1 true positive')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Why it may be saved all the same' })).toBeVisible();
});

test('a file of Kibana comes in, with what is wrong with it, and goes out', async ({ page }) => {
  await page.goto('/exceptions');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import exceptions' });
  await dialog.locator('input[type=file]').setInputFiles('shared/exceptions/cases/kibana-export.ndjson');
  await dialog.getByRole('button', { name: 'Import the file' }).click();
  await expect(dialog).toContainText('Imported 2 lists and 2 exceptions');
  await expect(dialog).toContainText('Line 6');
  await expect(dialog).toContainText('cannot be applied');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'health check' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await download).suggestedFilename()).toBe('exceptions.ndjson');
});

test('lists of values are made, and those that need a look are in the queue', async ({ page, program }) => {
  await page.goto('/exceptions?tab=lists');
  await page.getByRole('button', { name: 'New list of values' }).click();
  const form = page.getByRole('form', { name: 'New list of values' });
  await form.getByRole('textbox', { name: 'Name of the list of values' }).fill('tools');
  await form.getByRole('textbox', { name: 'Values, one a line' }).fill('/usr/bin/file\n/usr/bin/id\n');
  await form.getByRole('button', { name: 'Save the values' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'tools' })).toContainText('2 values');
  await page.request.post(`${program.url}/api/exceptions`, {
    data: {
      ...{ rule: RULE, name: 'Old one', reason: 'a migration', stage: 'event', enabled: true, origin: null },
      expiresAt: '2026-01-01T00:00:00Z',
      entries: [{ type: 'match', field: 'process.name', operator: 'included', value: 'migrate' }],
    },
  });
  await page.goto('/exceptions?tab=review');
  await expect(page.getByRole('list', { name: 'Exceptions to review' })).toContainText('Old one');
});
