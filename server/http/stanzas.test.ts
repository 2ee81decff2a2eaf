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
import { startTestServer, type TestServer } from './testing/test-server.ts';

const EVENTS = 12_000;
const SMALL_SPOOL = 300_000;
const timeout = { timeout: 120_000 };

const missing = ['curl', 'gzip', 'sed', 'split'].filter(
  (program) => spawnSync(program, ['--version']).error !== undefined,
);
if (missing.length > 0)
  process.stdout.write(`Not tested: the stanza for curl; not installed: ${missing.join(', ')}.\n`);

const run = promisify(execFile);
let cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
  cleanups = [];
});

/** A server with little room, so that senders are refused; what the page shows for a program; and its events in a file. */
async function trial(program: string): Promise<{ server: TestServer; folder: string; shown: string; ids: string[] }> {
  const server = await startTestServer({ config: { spoolLimit: SMALL_SPOOL } });
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-stanza-'));
  cleanups = [server.stop, () => rm(folder, { recursive: true, force: true })];
  const { key, secret, encoded } = await makeKey(server);
  const events = Array.from({ length: EVENTS }, (_, number) => processEvent(`event-${number}`, number));
  await writeFile(join(folder, 'events.ndjson'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const target = must(targetAt(server.url, { id: key.id, secret, encoded }), 'target');
  const stanza = must(
    STANZAS.find(({ id }) => id === program),
    program,
  );
  return { server, folder, shown: stanza.text(target), ids: events.map(({ event }) => event.id).sort() };
}

test.skipIf(missing.length > 0)('the stanza for curl, run as it is shown, brings a file in', timeout, async () => {
  const { server, folder, shown, ids } = await trial('curl');
  // On the other stream it tells of refusals, after which it has tried again.
  const { stdout } = await run('sh', ['-c', shown], { cwd: folder });
  expect(stdout).toBe('');
  expect((await storedIds(server)).sort()).toEqual(ids);
});

test('the stanza for the JavaScript client, run as it is shown, brings events in', timeout, async () => {
  const { server, folder, shown, ids } = await trial('javascript');
  const events = `import { readFile } from 'node:fs/promises';
    const events = (await readFile('${folder}/events.ndjson', 'utf8')).trim().split('\\n').map((line) => JSON.parse(line));`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', `${events}\n${shown}`]);
  expect([stdout, stderr]).toEqual(['', '']);
  expect((await storedIds(server)).sort()).toEqual(ids);
});
