import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, openAlert, RECORDED, tab, test, upload } from './fixtures.ts';
import { ROOT } from './program.ts';

test.use({ label: 'triage' });

const COMMAND = 'sh -c echo aWQK | base64 -d | sh';

test.describe.configure({ mode: 'serial' });

test('the command line and the browser raise the same alerts for the recorded trace', async ({ page, program }) => {
  await upload(page, RECORDED);
  const answer = await page.request.get(`${program.url}/api/alerts?limit=500`);
  const shown: { alerts: { id: string; rule: string }[] } = await answer.json();
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(ROOT, '.build', 'server', 'cli.js'),
    'scan',
    RECORDED,
  ]);
  const scanned = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(shown.alerts.map(({ rule, id }) => `${rule} ${id}`).sort()).toEqual(
    scanned.map(({ rule, id }) => `${rule} ${id}`).sort(),
  );
  expect(scanned).toHaveLength(19);
});

test('an analyst reads why, walks the tree, answers a step and pins evidence', async ({ page }) => {
  await openAlert(page, COMMAND);
  await tab(page, 'Why').click();
  await expect(page.getByText('process.parent.name like "php-*"').first()).toBeVisible();

  await tab(page, 'Tree').click();
  const tree = page.getByRole('treegrid', { name: 'Process tree' });
  await expect(tree.getByRole('row', { selected: true })).toContainText(COMMAND);
  await expect(tree.getByRole('row').filter({ hasText: 'base64' }).last()).toBeVisible();
  await expect(tree.getByRole('row').filter({ hasText: 'php-fpm8.2' }).first()).toBeVisible();

  await tab(page, 'Guide').click();
  await page.getByRole('button', { name: 'Read the command' }).click();
  const step = page.getByRole('article', { name: 'Read the command' });
  await step.getByRole('button', { name: 'Run the query' }).click();
  await step.getByRole('button', { name: /^Pin/ }).first().click();
  await step.getByRole('button', { name: 'Suspicious', exact: true }).click();
  await step.getByRole('textbox', { name: 'Note' }).fill('Decodes and runs a hidden command.');
  await expect(step.getByText(/Saved/)).toBeVisible();
  await expect(page.getByText('1 of 18 steps answered')).toBeVisible();
});

test('a false-positive step leads into an exception, filled in already', async ({ page }) => {
  await openAlert(page, COMMAND);
  await tab(page, 'Guide').click();
  await page.getByRole('button', { name: 'Development or test site' }).click();
  await page.getByRole('button', { name: 'Create exception' }).click();
  const form = page.getByRole('form', { name: 'New exception' });
  await expect(form.getByRole('combobox', { name: 'Field' }).first()).toHaveValue('process.working_directory');
  await expect(form.getByText(/remove/i).first()).toBeVisible();
  await form.getByRole('textbox', { name: 'Name' }).fill('Test pages of the lab');
  await form.getByRole('textbox', { name: 'Reason' }).fill('Our own test site; Ada asked the team.');
  await form.getByRole('button', { name: 'Create exception' }).click();
  await expect(page.getByText('Exception added', { exact: true })).toBeVisible();
});

test('closing gives a verdict, and all of it is there after a reload and a restart', async ({ page, program }) => {
  await openAlert(page, COMMAND);
  await page.getByRole('button', { name: 'Close…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close with a verdict' });
  await dialog.getByRole('radio', { name: /^Benign/ }).check();
  await dialog.getByRole('textbox', { name: 'Note' }).fill('The lab, as agreed.');
  await dialog.getByRole('button', { name: 'Set verdict and close' }).click();
  await expect(page.getByText(/undo/i).first()).toBeVisible();

  const list = await page.request.get(`${program.url}/api/alerts?status=closed`);
  const { alerts }: { alerts: { id: string }[] } = await list.json();
  const [alert] = alerts;
  expect(alerts).toHaveLength(1);
  await program.restart();

  await page.goto(`${program.url}/alerts/${alert?.id}`);
  const detail = page.getByRole('article', { name: 'Alert' });
  await expect(detail.getByText(/Benign/).first()).toBeVisible();
  await tab(page, 'History').click();
  await expect(detail.getByText('The lab, as agreed.').first()).toBeVisible();
  await tab(page, 'Guide').click();
  await page.getByRole('button', { name: 'Read the command' }).click();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Decodes and runs a hidden command.');
  await expect(page.getByRole('button', { name: 'Suspicious', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.goto(`${program.url}/exceptions`);
  await expect(page.getByText('Test pages of the lab')).toBeVisible();
});

test('the exception applies to the next evaluation', async ({ page, program }) => {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-next-day-'));
  const nextDay = join(folder, 'next-day.ndjson');
  const sameCommands = (await readFile(RECORDED, 'utf8'))
    .replaceAll('2026-11-21T', '2026-11-22T')
    .replaceAll('"run1-', '"run2-');
  const elsewhere = sameCommands
    .split('\n')
    .filter((line) => line.includes('"sh -c id"'))
    .map((line) => line.replaceAll('/var/www/html', '/srv/app').replace('"run2-', '"run3-'));
  await writeFile(nextDay, [sameCommands, ...elsewhere].join('\n'));
  await page.goto(program.url);
  await upload(page, nextDay);
  const answer = await page.request.get(`${program.url}/api/alerts?from=2026-11-22T00:00:00Z&limit=500`);
  const { alerts }: { alerts: { rule: string; workingDirectory: string }[] } = await answer.json();
  const rarity = alerts.filter(({ rule }) => rule === 'unusual-command-from-web-server-parent');
  expect(rarity.map(({ workingDirectory }) => workingDirectory)).toEqual(['/srv/app']);
  await rm(folder, { recursive: true });
});
