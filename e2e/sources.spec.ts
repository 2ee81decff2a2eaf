import { Client } from '@elastic/elasticsearch';
import type { Page } from '@playwright/test';
import { complaints } from './axe.ts';
import { expect, test } from './fixtures.ts';

test.use({ label: 'sources' });

const NAMES = ['groups', 'id', 'lscpu', 'uname', 'getent', 'nproc', 'printenv', 'locale'] as const;

/** A command that php-fpm never started: rule 2 takes each for a new term. Every second one names no host by id. */
const odd = (name: string, more: object = {}) => ({
  '@timestamp': new Date().toISOString(),
  agent: { id: 'a1', type: 'endpoint' },
  event: {
    id: `journey-${name}`,
    dataset: 'endpoint.events.process',
    category: ['process'],
    type: ['start'],
    action: 'exec',
  },
  host: { id: 'h1', name: 'web1', os: { type: 'linux' } },
  user: { id: '33', name: 'www-data' },
  process: {
    name,
    executable: `/usr/local/bin/${name}`,
    command_line: `${name} --odd`,
    args: [name, '--odd'],
    working_directory: '/srv/app',
    parent: { name: 'php-fpm8.2', executable: '/usr/sbin/php-fpm8.2', command_line: 'php-fpm: pool www' },
  },
  ...more,
});

const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('gridcell', { name: new RegExp(`^${name} --odd`) }) });

/** Waits until the server has told everybody who listens that alerts have changed. */
async function alertsChanged({ body }: Response): Promise<void> {
  if (body) for await (const chunk of body) if (Buffer.from(chunk).includes('"alerts"')) return;
}

test('from a key to alerts: made, used by a real client, watched, quarantined, revoked', async ({ page, program }) => {
  await page.goto('/sources');
  await expect(page.getByRole('link', { name: 'No streams' })).toBeVisible();
  await page.getByLabel('Name of the key').fill('web servers');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const made = page.getByRole('region', { name: 'New key' });
  const encoded = (await made.getByRole('region', { name: /Authorization: ApiKey/ }).textContent())?.trim() ?? '';
  await page.getByRole('combobox', { name: 'Program' }).click();
  await page.getByRole('option', { name: 'curl', exact: true }).click();
  await expect(page.getByRole('region', { name: /^curl:/ })).toContainText(encoded);

  const client = new Client({ node: program.url, auth: { apiKey: encoded }, maxRetries: 0 });
  const send = (documents: readonly object[]) =>
    client.helpers.bulk({
      datasource: [...documents],
      onDocument: () => ({ create: { _index: 'logs-endpoint.events.process-default' } }),
    });

  // What happens between the page's first look and the beginning of its stream is shown all the same.
  let streamMayBegin = () => {};
  const raised = new Promise<void>((resolve) => {
    streamMayBegin = resolve;
  });
  await page.route('**/api/live', async (route) => {
    await raised;
    await route.continue();
  });
  await page.goto('/alerts');
  await expect(page.getByRole('heading', { name: 'No events yet' })).toBeVisible();
  const live = await fetch(`${program.url}/api/live`);
  await send(NAMES.slice(0, 3).map((name) => odd(name)));
  await alertsChanged(live);
  streamMayBegin();
  await expect(rowOf(page, 'groups')).toBeVisible();
  const row = rowOf(page, 'id');
  const before = await row.boundingBox();
  await row.hover();
  await send(NAMES.slice(3).map((name) => odd(name)));
  const news = page.getByRole('button', { name: /^5 new/ });
  await expect(news).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
  await expect(rowOf(page, 'printenv')).toHaveCount(0);
  await news.click();
  await expect(rowOf(page, 'printenv')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Live/ })).toBeVisible();

  await send([odd('dropper', { host: { name: 'web2', os: { type: 'linux' } } }), { event: { id: 'no-time' } }]);
  await page.goto('/sources');
  const stream = page.getByRole('listitem', { name: 'logs-endpoint.events.process-default' });
  await expect(stream).toContainText('9 stored');
  await expect(stream).toContainText('1 rejected');
  await expect(stream).toContainText('events/s');
  await expect(stream.getByRole('figure', { name: /Records a minute/ })).toBeVisible();
  await page.getByRole('button', { name: 'Look again' }).click();
  const coverage = page.getByRole('region', { name: 'Coverage: Everything' });
  await expect(coverage).toContainText('host.id is missing in 11 % of starts');
  await expect(coverage).toContainText('Unusual Child Execution via Web Server');

  // With everything that a stream shows.
  expect(await complaints(page, 'a stream')).toEqual([]);

  const quarantine = stream.getByRole('region', { name: 'Quarantine' });
  await expect(quarantine).toContainText('@timestamp is missing');
  await expect(quarantine).toContainText('no-time');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    quarantine.getByRole('link', { name: /^Download/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/rejects\.ndjson$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ reason: '@timestamp is missing' });

  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('revoked', { exact: true })).toBeVisible();
  await expect(send([odd('late')])).rejects.toThrow(/401|needed|unauthorized/i);
  await client.close();
  await expect(page.getByRole('row').filter({ hasText: 'no valid key' })).toContainText('elasticsearch-js');
});

test('merged documents are split for a stream once somebody says so', async ({ page, program }) => {
  const { encoded } = await (
    await page.request.post(`${program.url}/api/ingest-keys`, { data: { name: 'merged' } })
  ).json();
  const client = new Client({ node: program.url, auth: { apiKey: encoded }, maxRetries: 0 });
  const send = (id: string) =>
    client.helpers.bulk({
      datasource: [
        odd('sh', {
          process: {
            name: 'sh',
            executable: '/bin/sh',
            command_line: 'sh -c id',
            working_directory: '/srv/app',
            parent: { name: 'php-fpm8.2', executable: '/usr/sbin/php-fpm8.2' },
          },
          event: {
            id,
            dataset: 'merged',
            category: ['process'],
            type: ['start', 'end'],
            action: ['fork', 'exec', 'end'],
          },
        }),
      ],
      onDocument: () => ({ create: { _index: 'logs-merged' } }),
    });
  await send('merged-1');
  await page.goto('/sources');
  const stream = page.getByRole('listitem', { name: 'logs-merged' });
  await expect(stream).toContainText('1 stored');
  const control = stream.getByRole('switch', { name: /^Split merged documents/ });
  if (!(await control.isVisible())) await stream.getByRole('button', { name: 'More' }).click();
  await expect(control).not.toBeChecked();
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('region', { name: 'Coverage: Everything' })).toContainText(
    /event\.action has several values.*Unusual Command Execution from Web Server Parent cannot judge 1 event for that/,
  );
  await page.getByRole('button', { name: 'Split merged documents of logs-merged from now on' }).click();
  await expect(control).toBeChecked();
  await send('merged-2');
  await expect(stream).toContainText('4 stored');
  await client.close();
});
