import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, RULE, test } from './fixtures.ts';
import { ROOT } from './program.ts';

test.use({ label: 'screenshots', demo: true });

/** The alert of the demo's web shell that starts a downloaded file; waits until the demo has raised it. */
async function webShellAlert(page: Page, url: string): Promise<{ readonly id: string }> {
  const find = async () => (await (await page.request.get(`${url}/api/alerts?text=linux.sh`)).json()).alerts[0];
  await expect.poll(find, { timeout: 90_000 }).toBeTruthy();
  return find();
}

const shoot = (page: Page, name: string) =>
  page.screenshot({ path: join(ROOT, 'e2e', 'screenshots', `${name}.png`), animations: 'disabled' });

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the queue with an alert of the web shell beside it', async ({ page, program }) => {
      const alert = await webShellAlert(page, program.url);
      await page.goto(`/alerts?open=${alert.id}&tab=tree`);
      await expect(
        page.getByRole('treegrid', { name: 'Process tree' }).getByRole('row', { selected: true }),
      ).toBeVisible();
      await shoot(page, `queue-${colorScheme}`);
    });
  });
}

test.describe('the other pages', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 1280, height: 800 } });

  test('an exception with its effect', async ({ page, program }) => {
    await webShellAlert(page, program.url);
    const entries = [
      { type: 'match', field: 'process.parent.executable', operator: 'included', value: '/usr/bin/ruby3.1' },
      { type: 'wildcard', field: 'process.args', operator: 'included', value: '/srv/desk/tmp/invoice-*' },
    ];
    await page.goto(`/exceptions?edit=new&rule=${RULE}&entries=${encodeURIComponent(JSON.stringify(entries))}`);
    await page.getByRole('textbox', { name: 'Name' }).fill('Invoices of the service desk');
    await expect(page.getByRole('region', { name: 'Effect on stored events' })).toContainText('alerts removed');
    await expect(page.getByText(/holds for \d+ events?/).first()).toBeVisible();
    await shoot(page, 'exception-dark');
  });

  test('the guide of an alert', async ({ page, program }) => {
    const alert = await webShellAlert(page, program.url);
    await page.goto(`/alerts/${alert.id}?tab=guide`);
    await page.getByRole('button', { name: 'Read the command' }).click();
    const step = page.getByRole('article', { name: 'Read the command' });
    await step.getByRole('button', { name: 'Run the query' }).click();
    await step.getByRole('button', { name: 'Suspicious', exact: true }).click();
    await expect(page.getByRole('tab', { name: 'Guide' })).toContainText('1/18');
    await shoot(page, 'guide-dark');
  });

  test('how rare commands are', async ({ page, program }) => {
    await webShellAlert(page, program.url);
    await page.goto('/rarity');
    await expect(page.getByRole('row').nth(1)).toBeVisible();
    await shoot(page, 'rarity-dark');
  });
});
