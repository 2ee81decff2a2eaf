import type { Locator, Page } from '@playwright/test';
import { expect, loadOnce, RECORDED, RULE, test } from './fixtures.ts';
import { EXCEPTION } from './opened.ts';

test.use({ label: 'undo' });

test.beforeEach(({ page, program }) => loadOnce(page, program, RECORDED));

/** Takes back what the newest message tells of. */
const undo = (page: Page) => page.getByRole('button', { name: /^Undo/ }).last().click();

/** Presses a switch where people do: what is drawn of it lies over what is read. */
const flip = (page: Page, of: Locator) => page.locator('label').filter({ has: of }).click();

const read = async (page: Page, path: string) => (await page.request.get(path)).json();

test('a rule switched off in the list, and on its page, is switched on again', async ({ page, program }) => {
  const isEnabled = async (): Promise<boolean> => (await read(page, `${program.url}/api/rules/${RULE}`)).rule.enabled;
  for (const path of ['/rules', `/rules/${RULE}`]) {
    await page.goto(path);
    const { rule } = await read(page, `${program.url}/api/rules/${RULE}`);
    const ours = page.getByRole('switch', { name: path === '/rules' ? `Enabled: ${rule.name}` : 'Enabled' });
    await expect(ours).toBeChecked();
    await flip(page, ours);
    await expect(ours).not.toBeChecked();
    await expect(page.getByText('is switched off')).toBeVisible();
    await expect.poll(isEnabled).toBe(false);
    await undo(page);
    await expect(page.getByText('Taken back')).toBeVisible();
    await expect(ours).toBeChecked();
    expect(await isEnabled()).toBe(true);
  }
});

test('a saved view renamed and deleted has its name again, and is there again', async ({ page, program }) => {
  const names = async (): Promise<readonly string[]> =>
    (await read(page, `${program.url}/api/views`)).views.map(({ name }: { name: string }) => name);
  await page.goto('/alerts?severity=high');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByLabel('Save what is shown as').fill('Night shift');
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect.poll(names).toEqual(['Night shift']);
  const ownName = page.getByLabel('Name of this view');
  await expect(ownName).toHaveValue('Night shift');
  await ownName.fill('Day shift');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect.poll(names).toEqual(['Day shift']);
  await undo(page);
  await expect.poll(names).toEqual(['Night shift']);
  // The press beside the menu has closed it.
  await page.getByRole('button', { name: 'Night shift', exact: true }).click();
  await page.getByRole('button', { name: 'Delete Night shift' }).click();
  await expect.poll(names).toEqual([]);
  await undo(page);
  await expect.poll(names).toEqual(['Night shift']);
  const { views } = await read(page, `${program.url}/api/views`);
  expect(views[0].state).toContain('high');
});

test('an exception switched off and deleted is in force again', async ({ page, program }) => {
  const made = await page.request.post(`${program.url}/api/exceptions`, { data: EXCEPTION });
  expect(made.ok(), await made.text()).toBe(true);
  const standing = async () =>
    (await read(page, `${program.url}/api/exceptions`)).exceptions.map((one: { enabled: boolean }) => one.enabled);
  await page.goto('/exceptions');
  const enabled = page.getByRole('switch', { name: 'Enabled: Nightly thumbnails' });
  await expect(enabled).toBeChecked();
  for (const [open, action, then] of [
    [() => flip(page, enabled), 'Switch off', [false]],
    [() => page.getByRole('button', { name: 'Delete', exact: true }).click(), 'Delete', []],
  ] as const) {
    await open();
    const asked = page.getByRole('dialog');
    await asked.getByRole('textbox', { name: 'Why' }).first().fill('A test of the way back');
    await asked.getByRole('button', { name: action, exact: true }).click();
    await expect.poll(standing).toEqual(then);
    await undo(page);
    await expect.poll(standing).toEqual([true]);
    await expect(enabled).toBeChecked();
  }
});
