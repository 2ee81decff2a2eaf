import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './fixtures.ts';

test.use({ label: 'data' });

const good = (id: number): string =>
  JSON.stringify({
    '@timestamp': '2026-11-20T10:00:00.000Z',
    event: { id: `data-${id}`, action: 'exec' },
    host: { id: 'h1' },
    process: { name: 'ls' },
  });

test('a file with bad lines: the good ones are stored, the bad ones shown with line and reason, and downloadable', async ({
  page,
  program,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-data-'));
  const path = join(folder, 'mixed.ndjson.gz');
  await writeFile(
    path,
    gzipSync([good(1), '{"broken": ', '', good(2), '{"event":{"id":"no-time"}}', good(3)].join('\n')),
  );
  await page.goto('/data');
  await page.setInputFiles('input[type=file]', path);
  const item = page.getByRole('listitem').filter({ hasText: 'mixed.ndjson.gz' }).filter({ hasText: 'done' });
  await expect(item).toContainText('3 events');
  await expect(item).toContainText('2 lines rejected');
  const { uploads } = await (await page.request.get(`${program.url}/api/uploads`)).json();
  const download = await page.request.get(`${program.url}/api/uploads/${uploads[0].id}/rejects.ndjson`);
  const rejects = (await download.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rejects.map(({ line }) => line)).toEqual([2, 5]);
  expect(download.headers()['content-disposition']).toContain('attachment');
});
