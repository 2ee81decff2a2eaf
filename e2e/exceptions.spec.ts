import type { Page } from '@playwright/test';
import { expect, loadOnce, RECORDED, RULE, send, test } from './fixtures.ts';
import type { Program } from './program.ts';

test.use({ label: 'exceptions' });

/** Whichever test runs first, events are there; and no exception is left by another. */
test.beforeEach(async ({ page, program }) => {
  await loadOnce(page, program, RECORDED);
  await deleteAll(page, program);
});

async function deleteAll(page: Page, program: Program): Promise<void> {
  const { exceptions } = await (await page.request.get(`${program.url}/api/exceptions`)).json();
  for (const { id } of exceptions) await page.request.delete(`${program.url}/api/exceptions/${id}`);
}

const entries = (value: string) =>
  encodeURIComponent(JSON.stringify([{ type: 'match', field: 'process.executable', operator: 'included', value }]));

test('an exception is seen to work, saved with a reason, and taken back through its history', async ({ page }) => {
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
  const off = page.getByRole('dialog', { name: 'Switch this exception off?' });
  await off.getByRole('textbox', { name: 'Why' }).fill('The upload check is being rewritten');
  await off.getByRole('button', { name: 'Switch off' }).click();
  await expect(row.getByRole('switch')).not.toBeChecked();
  await row.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('dialog', { name: /History of/ });
  await expect(history).toContainText('Agreed with the owner of the application');
  await expect(history).toContainText('+ switched off');
  await expect(history).toContainText('The upload check is being rewritten');
  await history.getByRole('button', { name: 'Back to version 1' }).click();
  await history.getByRole('textbox', { name: /put back all the same/ }).fill('It is needed again after all');
  await history.getByRole('button', { name: 'Back to version 1' }).click();
  await expect(row.getByRole('switch')).toBeChecked();

  await row.getByRole('button', { name: 'Delete' }).click();
  const gone = page.getByRole('dialog', { name: 'Delete this exception?' });
  await gone.getByRole('textbox', { name: 'Why' }).fill('Not needed any more');
  await gone.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('it stops applying with the next evaluation')).toBeVisible();
  await expect(row).toBeHidden();
});

test('hiding a true positive is red, and needs a reason', async ({ page, program }) => {
  const { alerts } = await (await page.request.get(`${program.url}/api/alerts?rule=${RULE}&limit=100`)).json();
  const looked = alerts.find(({ executable }: { executable: string }) => executable === '/usr/bin/file');
  await page.request.post(`${program.url}/api/alerts/changes`, {
    data: { selection: { ids: [looked.id] }, change: { status: 'closed', verdict: 'true-positive-impact' } },
  });
  await page.goto(`/exceptions?edit=new&rule=${RULE}&entries=${entries('/usr/bin/file')}`);
  await expect(page.getByText('It would have hidden 1 true positive')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Why it may be saved all the same' })).toBeVisible();
});

test('a file of Kibana says what it would do, comes in whole, is put back, and goes out', async ({ page, program }) => {
  const count = async () =>
    (await (await page.request.get(`${program.url}/api/exceptions`)).json()).exceptions.length as number;
  const rules = async () => (await (await page.request.get(`${program.url}/api/rules`)).json()).rules.length as number;
  const before = [await count(), await rules()];
  await page.goto('/rules');
  await page.getByRole('main').getByRole('link', { name: 'Import' }).click();
  await expect(page.getByRole('heading', { name: 'Import', exact: true })).toBeVisible();
  await page.goto('/exceptions');
  await page.getByRole('main').getByRole('link', { name: 'Import' }).click();
  const choose = () => page.locator('input[type=file]').setInputFiles('shared/exceptions/cases/kibana-export.ndjson');
  await choose();
  await expect(page.getByRole('region', { name: 'What the import would do' })).toContainText(
    'It would add 4, refuse 2.',
  );
  const lines = page.getByRole('table', { name: 'Lines of the file' });
  await expect(lines.getByRole('row').filter({ hasText: 'health check' })).toContainText('In the list web-noise.');
  await expect(lines.getByRole('row').filter({ hasText: 'offices' })).toContainText('switched off');
  await expect(lines.getByRole('row').filter({ hasText: 'This is not JSON at column 2' })).toContainText('refused');
  expect([await count(), await rules()]).toEqual(before);
  await expect(lines.getByRole('row').filter({ hasText: 'Exceptions for rule' })).toContainText(
    'Attached to a-rule-of-the-file.',
  );
  const take = page.getByRole('toolbar', { name: 'Take it' }).getByRole('button');
  await expect(take).toHaveText('Import 1 rule and 4 lines of lists and exceptions');
  await take.click();
  await expect(page.getByText(/^Imported: .*lists and exceptions: added 4, refused 2/)).toBeVisible();
  expect([await count(), await rules()]).toEqual([(before[0] ?? 0) + 2, (before[1] ?? 0) + 1]);
  await page.getByRole('button', { name: 'Put back' }).click();
  await expect(page.getByText('5 lines put back.')).toBeVisible();
  expect([await count(), await rules()]).toEqual(before);

  await choose();
  await take.click();
  await expect(page.getByRole('button', { name: 'Put back' })).toBeVisible();
  await page.goto('/exceptions');
  await expect(page.getByRole('listitem').filter({ hasText: 'health check' })).toBeVisible();
  for (const [what, name] of [
    ['Exceptions, for Kibana', 'exceptions.ndjson'],
    ['Rules with exceptions, for Kibana', 'rules-and-exceptions.ndjson'],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: what, exact: true }).click();
    expect((await download).suggestedFilename()).toBe(name);
    await page.keyboard.press('Escape');
  }
  await page.request.delete(`${program.url}/api/rules/a-rule-of-the-file`, { data: {} });
});

test('exceptions are taken home as conditions, and people talk about them', async ({ page, program }) => {
  await page.request.post(`${program.url}/api/exceptions`, {
    data: {
      ...{ rule: RULE, name: 'Backups', reason: 'run at night', stage: 'event', enabled: true, origin: null },
      expiresAt: null,
      entries: [{ type: 'match', field: 'process.name', operator: 'included', value: 'restic' }],
    },
  });
  await page.goto('/exceptions');
  await page.getByRole('button', { name: 'As conditions' }).click();
  const conditions = page.getByRole('dialog', { name: 'Exceptions as conditions' });
  await expect(conditions.getByRole('region', { name: /KQL/ }).first()).toContainText(
    'and not (process.name:"restic")',
  );
  await expect(conditions.getByRole('button', { name: 'Copy' }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  const row = page.getByRole('listitem').filter({ hasText: 'Backups' });
  await row.getByRole('button', { name: 'Comment' }).click();
  const comments = page.getByRole('dialog', { name: /Comments on/ });
  await comments.getByRole('textbox', { name: 'Comment' }).fill('Moves to another host in spring');
  await comments.getByRole('button', { name: 'Add the comment' }).click();
  await expect(comments.getByRole('list', { name: 'Comments' })).toContainText('ada');
  await comments.getByRole('button', { name: 'Close' }).last().click();
  await expect(row.getByRole('button', { name: '1 comment' })).toBeVisible();
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

/** A web server's helper, on two hosts, under names that vary: as many alerts of new terms. */
const NOISE = Array.from({ length: 6 }, (_, index) => ({
  '@timestamp': new Date(Date.UTC(2026, 10, 20, 10, index)).toISOString(),
  event: { id: `noise-${index}`, category: 'process', type: 'start', action: 'exec' },
  host: { id: `shop-${index % 2}`, name: `shop-${index % 2}`, os: { type: 'linux' } },
  user: { id: '33', name: 'www-data' },
  process: {
    ...{ pid: 100 + index, name: 'thumb', executable: '/opt/shop/bin/thumb', working_directory: '/srv/shop' },
    command_line: `/opt/shop/bin/thumb /tmp/up${index}17.png`,
    parent: { pid: 1, name: 'nginx', executable: '/usr/sbin/nginx' },
  },
}));

const noiseOf = async (page: Page, url: string, more = ''): Promise<{ id: string; status: string }[]> =>
  (await (await page.request.get(`${url}/api/alerts?rule=${RULE}&text=thumb${more}`)).json()).alerts;

/** Its alerts, open. */
async function openNoise(page: Page, { url }: Program): Promise<string[]> {
  if ((await noiseOf(page, url)).length === 0) {
    await send(page, url, 'noise.ndjson', NOISE.map((event) => `${JSON.stringify(event)}\n`).join(''));
    await expect.poll(async () => (await noiseOf(page, url)).length).toBe(NOISE.length);
  }
  const ids = (await noiseOf(page, url)).map(({ id }) => id);
  await page.request.post(`${url}/api/alerts/changes`, { data: { selection: { ids }, change: { status: 'open' } } });
  return ids;
}

test('false positives suggest an exception, which is used and closes what is open of them', async ({
  page,
  program,
}) => {
  const ids = await openNoise(page, program);
  await page.request.post(`${program.url}/api/alerts/changes`, {
    data: { selection: { ids: ids.slice(0, 4) }, change: { status: 'closed', verdict: 'false-positive' } },
  });
  await page.goto(`/rules/${RULE}`);
  await expect(page.getByRole('heading', { name: 'Suggested exceptions' })).toBeVisible();
  await page.goto('/exceptions?tab=suggestions');
  const suggestion = page.getByRole('listitem').filter({ hasText: '/opt/shop/bin/thumb /tmp/*' });
  await expect(suggestion).toContainText('Covers 4 of 4 false positives on 2 hosts, and no true positive.');
  await expect(suggestion).toContainText('2 open alerts of the same look would go with them.');
  await expect(page.getByRole('table', { name: 'Noisiest groups' })).toContainText('/opt/shop/bin/thumb /tmp/<temp>');
  await suggestion.getByRole('link', { name: 'Use', exact: true }).click();
  const form = page.getByRole('form', { name: 'New exception' });
  await expect(form.getByText('holds for 6 events, 6 alerts')).toBeVisible();
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('/opt/shop/bin/thumb /tmp/*');
  await form.getByRole('textbox', { name: 'Reason' }).fill('The shop makes its thumbnails so');
  await form.getByRole('checkbox', { name: /Close the open alerts/ }).check();
  await form.getByRole('button', { name: 'Create exception' }).click();
  await expect(page.getByText(/2 alerts closed/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await noiseOf(page, program.url, '&status=open')).length).toBe(2);
  const names = async () =>
    (await (await page.request.get(`${program.url}/api/exceptions`)).json()).exceptions.map(
      ({ name }: { name: string }) => name,
    );
  await expect.poll(names).not.toContain('/opt/shop/bin/thumb /tmp/*');
  await page.goto('/exceptions?tab=suggestions');
  await expect(
    page.getByText('No alert of this rule that it would raise again', { exact: false }).first(),
  ).toBeVisible();
});

test('an alert, a step, a process, a rare group and nothing at all lead to the form, filled in as far as they know', async ({
  page,
  program,
}) => {
  const [alert] = await openNoise(page, program);
  const form = page.getByRole('form', { name: 'New exception' });
  const field = (number: number) => form.getByRole('combobox', { name: `Field of condition ${number}` });
  await page.goto(`/alerts/${alert}?tab=exceptions`);
  await expect(field(1)).toHaveValue('process.command_line');
  await expect(form.getByRole('button', { name: /Match the shape/ })).toContainText('/opt/shop/bin/thumb /tmp/*');
  await form.getByRole('button', { name: /Match the shape/ }).click();
  await expect(form.getByRole('combobox', { name: 'Value of condition 1' })).toHaveValue('/opt/shop/bin/thumb /tmp/*');
  await expect(form.getByText('The alert it came from is among the removed.')).toBeVisible();
  await form.getByRole('textbox', { name: 'Reason' }).fill('The shop makes its thumbnails so');
  await form.getByRole('button', { name: 'Create exception' }).click();
  await expect(page.getByRole('link', { name: 'All exceptions' })).toBeVisible();
  await page.goto(`/alerts/${alert}?tab=exceptions`);
  await expect(form.getByText('“thumb under nginx” hides the alert it came from already.')).toBeVisible();

  await page.goto(`/alerts/${alert}?tab=exceptions&step=new-helper`);
  await expect(field(1)).toHaveValue('process.executable');
  await expect(page.getByRole('heading', { name: /New exception, from “/ })).toBeVisible();

  await page.goto(`/alerts/${alert}?tab=tree`);
  await page.getByRole('link', { name: 'Make this an exception' }).click();
  await expect(field(1)).toHaveValue('process.command_line');
  await expect(form.getByRole('combobox', { name: 'Value of condition 1' })).toHaveValue(/thumb/);

  await deleteAll(page, program);
  await page.goto(`/rarity?rule=${RULE}`);
  await page.getByRole('row').nth(1).click();
  await page
    .getByRole('complementary', { name: 'Group' })
    .getByRole('link', { name: 'Make this an exception' })
    .click();
  await expect(field(1)).not.toHaveValue('');
  await expect(form.getByRole('combobox', { name: 'Rule' })).not.toHaveValue('');

  await page.goto('/exceptions');
  await page.getByRole('button', { name: 'New exception' }).click();
  await expect(field(1)).toHaveValue('');
  await expect(form.getByText('Its effect shows here once the conditions are complete.')).toBeVisible();
});
