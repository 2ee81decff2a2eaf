import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { targetAt } from '#shared/sources/stanza.ts';
import { STANZAS } from '#shared/sources/stanzas.ts';
import { makeKey, processEvent, storedIds } from './testing/senders.ts';
import { startTestServer } from './testing/test-server.ts';

const missing = ['curl', 'gzip', 'sed'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
if (missing.length > 0)
  process.stdout.write(`Not tested: the stanza for curl; not installed: ${missing.join(', ')}.\n`);

const run = promisify(execFile);
let cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
  cleanups = [];
});

test.skipIf(missing.length > 0)('the stanza for curl, run as it is shown, brings a file in', async () => {
  const server = await startTestServer();
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-stanza-'));
  cleanups = [server.stop, () => rm(folder, { recursive: true, force: true })];
  const { key, secret, encoded } = await makeKey(server);
  const events = Array.from({ length: 50 }, (_, number) => processEvent(`curl-${number}`, number));
  await writeFile(join(folder, 'events.ndjson'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const target = must(targetAt(server.url, { id: key.id, secret, encoded }), 'target');
  const command = must(
    STANZAS.find(({ id }) => id === 'curl'),
    'curl',
  ).text(target);
  const { stdout } = await run('sh', ['-c', command], { cwd: folder });
  expect(JSON.parse(stdout)).toMatchObject({ errors: false });
  expect((await storedIds(server)).sort()).toEqual(events.map(({ event }) => event.id).sort());
});
