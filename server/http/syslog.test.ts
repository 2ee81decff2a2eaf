import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { targetAt } from '#shared/sources/stanza.ts';
import { STANZAS } from '#shared/sources/stanzas.ts';
import { makeKey, processEvent, storedIds, type TestKey } from './testing/senders.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const EVENTS = 3000;
const SMALL_SPOOL = 200_000;
/** Until a daemon has read what was appended, in milliseconds. */
const TIME_TO_READ = 2_000;

const found = (command: string, args: readonly string[]): boolean => spawnSync(command, args).status === 0;
const MODULES = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/rsyslog/omelasticsearch.so`);
const hasRsyslog = found('rsyslogd', ['-v']) && MODULES.some(existsSync);
const hasSyslogNg = found('syslog-ng', ['--version']);
if (!hasRsyslog)
  process.stdout.write('Not tested: rsyslog with omelasticsearch is not installed (rsyslog-elasticsearch).\n');
if (!hasSyslogNg)
  process.stdout.write('Not tested: syslog-ng is not installed (syslog-ng-core, syslog-ng-mod-http).\n');

let cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
  cleanups = [];
});

/** Starts a daemon that this test ends; what is given back ends it orderly. */
function daemon(command: string, args: readonly string[]): () => Promise<unknown> {
  const child = spawn(command, args, { stdio: 'ignore' });
  const exit = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  cleanups.push(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return () => {
    child.kill('SIGTERM');
    return exit;
  };
}

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => `${JSON.stringify(processEvent(`e${from + at}`, from + at))}\n`).join(
    '',
  );
const expected = Array.from({ length: EVENTS }, (_, at) => `e${at}`).sort();

/** Writes the daemon's configuration, and gives back how to start it. */
type Configure = (
  log: string,
  folder: string,
  server: TestServer,
  key: TestKey,
) => Promise<() => () => Promise<unknown>>;

/** What happens between the first half of the lines and the second; all must be there once in the end. */
const TRIALS = [
  ['through a restart of the server', 500_000_000, 'server restarts'],
  ['through back-pressure', SMALL_SPOOL, 'nothing'],
  ['through its own end while no server answers', 500_000_000, 'both restart'],
] as const;

async function sentIsStored(
  spoolLimit: number,
  meanwhile: (typeof TRIALS)[number][2],
  configure: Configure,
  mayLose = 0,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-syslog-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  let server = await startTestServer({ config: { spoolLimit } });
  cleanups.push(() => server.stop());
  const key = await makeKey(server);
  const port = Number(new URL(server.url).port);
  const log = join(folder, 'events.log');
  await writeFile(log, lines(0, EVENTS / 2));
  const start = await configure(log, folder, server, key);
  const end = start();
  await expect.poll(async () => (await storedIds(server)).length, { timeout: 60_000 }).toBeGreaterThan(0);
  if (meanwhile === 'both restart') await server.stopKeeping();
  await appendFile(log, lines(EVENTS / 2, EVENTS));
  if (meanwhile === 'both restart') {
    await sleep(TIME_TO_READ);
    await end();
    start();
  }
  if (meanwhile !== 'nothing') server = await server.restart({ port });
  const least = meanwhile === 'both restart' ? EVENTS - mayLose : EVENTS;
  await expect.poll(async () => (await storedIds(server)).length, { timeout: 90_000 }).toBeGreaterThanOrEqual(least);
  const stored = (await storedIds(server)).sort();
  expect(stored).toEqual(expected.filter((id) => least === EVENTS || stored.includes(id)));
}

/** What the Sources page shows for a program, for this server and this log. */
function stanza(id: string, log: string, { url }: TestServer, { key, secret, encoded }: TestKey): string {
  const target = must(targetAt(url, { id: key.id, secret, encoded }), 'target');
  const found = must(
    STANZAS.find((one) => one.id === id),
    id,
  );
  return found.text(target).replaceAll(/\/var\/log\/[\w/.]+/g, log);
}

const timeout = 180_000;
/** What rsyslog has in hand as it ends, it does not save: as much as its page says. */
const RSYSLOG_BATCH = 256;

test.runIf(hasRsyslog).each(TRIALS)(
  'rsyslog as the Sources page configures it: sent is stored, once, %s',
  { timeout },
  (_what, limit, meanwhile) =>
    sentIsStored(
      limit,
      meanwhile,
      async (log, folder, server, key) => {
        const config = join(folder, 'rsyslog.conf');
        const shown = stanza('rsyslog', log, server, key);
        await writeFile(config, `global(workDirectory="${folder}" maxMessageSize="64k")\n${shown}`);
        return () => daemon('rsyslogd', ['-n', '-f', config, '-i', join(folder, 'rsyslogd.pid')]);
      },
      RSYSLOG_BATCH,
    ),
);

test.runIf(hasSyslogNg).each(TRIALS)(
  'syslog-ng as the Sources page configures it: sent is stored, once, %s',
  { timeout },
  (_what, limit, meanwhile) =>
    sentIsStored(limit, meanwhile, async (log, folder, server, key) => {
      const config = join(folder, 'syslog-ng.conf');
      const shown = stanza('syslog-ng', log, server, key);
      await writeFile(config, `@version: 3.35\n${shown}`);
      return () =>
        daemon('syslog-ng', [
          ...['-F', '--no-caps', '-f', config, '-R', join(folder, 'persist')],
          ...['-p', join(folder, 'pid'), '-c', join(folder, 'control')],
        ]);
    }),
);

/** Daemons say themselves whether a configuration is one: with a key, over TLS. */
test.each([
  ['rsyslog', hasRsyslog, 'rsyslogd', ['-N1', '-f'], `global(workDirectory="${tmpdir()}")\n`],
  ['syslog-ng', hasSyslogNg, 'syslog-ng', ['-s', '-f'], '@version: 3.35\n'],
] as const)('%s finds nothing wrong with its configuration', async (id, installed, command, args, head) => {
  if (!installed) return;
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-syslog-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const target = must(targetAt('https://oddspawn.example:8443', { id: 'i', secret: 's', encoded: 'aTpz' }), 'target');
  const config = join(folder, 'shown.conf');
  const found = must(
    STANZAS.find((one) => one.id === id),
    id,
  );
  await writeFile(config, `${head}${found.text(target)}`);
  const { status, stderr } = spawnSync(command, [...args, config], { encoding: 'utf8' });
  expect([status, stderr.match(/error|warning/i)?.[0]]).toEqual([0, undefined]);
});
