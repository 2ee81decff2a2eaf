import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { targetAt } from '#shared/sources/stanza.ts';
import { STANZAS } from '#shared/sources/stanzas.ts';
import { makeKey, processEvent, storedIds, type TestKey } from './testing/senders.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const EVENTS = 3000;
const SMALL_SPOOL = 200_000;

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

/** A daemon that this test ends. */
function daemon(command: string, args: readonly string[]): void {
  const child = spawn(command, args, { stdio: 'ignore' });
  const exit = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  cleanups.push(async () => {
    child.kill('SIGKILL');
    await exit;
  });
}

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => `${JSON.stringify(processEvent(`e${from + at}`, from + at))}\n`).join(
    '',
  );
const expected = Array.from({ length: EVENTS }, (_, at) => `e${at}`).sort();

type Configure = (log: string, folder: string, server: TestServer, key: TestKey) => Promise<void>;

/** What happens between the first half of the lines and the second; all must be there once in the end. */
const TRIALS = [
  ['through a restart of the server', 500_000_000, true],
  ['through back-pressure', SMALL_SPOOL, false],
] as const;

async function sentIsStored(spoolLimit: number, restarts: boolean, configure: Configure): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-syslog-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  let server = await startTestServer({ config: { spoolLimit } });
  cleanups.push(() => server.stop());
  const key = await makeKey(server);
  const log = join(folder, 'events.log');
  await writeFile(log, lines(0, EVENTS / 2));
  await configure(log, folder, server, key);
  await expect.poll(async () => (await storedIds(server)).length, { timeout: 60_000 }).toBeGreaterThan(0);
  await appendFile(log, lines(EVENTS / 2, EVENTS));
  if (restarts) server = await server.restart({ port: Number(new URL(server.url).port) });
  await expect.poll(async () => (await storedIds(server)).length, { timeout: 90_000 }).toBe(EVENTS);
  expect((await storedIds(server)).sort()).toEqual(expected);
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

/** The text with a part in another's place; throws where it lacks it. */
function changed(text: string, part: string, into: string): string {
  if (!text.includes(part)) throw new Error(`no ${part} in ${text}`);
  return text.replace(part, into);
}

const timeout = 180_000;

test.runIf(hasRsyslog).each(TRIALS)(
  'rsyslog as the Sources page configures it: sent is stored, once, %s',
  { timeout },
  (_what, limit, restarts) =>
    sentIsStored(limit, restarts, async (log, folder, server, key) => {
      const config = join(folder, 'rsyslog.conf');
      const shown = stanza('rsyslog', log, server, key);
      // Waits less before it tries again.
      const quick = changed(
        shown,
        'action.resumeRetryCount="-1"',
        'action.resumeRetryCount="-1" action.resumeInterval="1"',
      );
      await writeFile(config, `global(workDirectory="${folder}" maxMessageSize="64k")\n${quick}`);
      daemon('rsyslogd', ['-n', '-f', config, '-i', join(folder, 'rsyslogd.pid')]);
    }),
);

test.runIf(hasSyslogNg).each(TRIALS)(
  'syslog-ng as the Sources page configures it: sent is stored, once, %s',
  { timeout },
  (_what, limit, restarts) =>
    sentIsStored(limit, restarts, async (log, folder, server, key) => {
      const config = join(folder, 'syslog-ng.conf');
      const shown = stanza('syslog-ng', log, server, key);
      // Reads what is there already, and waits less before it tries again.
      const quick = changed(shown, 'flags(no-parse)', 'flags(no-parse) read-old-records(yes)');
      await writeFile(config, `@version: 3.35\n${changed(quick, 'time-reopen(5)', 'time-reopen(1)')}`);
      daemon('syslog-ng', [
        ...['-F', '--no-caps', '-f', config, '-R', join(folder, 'persist')],
        ...['-p', join(folder, 'pid'), '-c', join(folder, 'control')],
      ]);
    }),
);
