import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
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

const timeout = 180_000;

test.runIf(hasRsyslog).each(TRIALS)(
  'rsyslog omelasticsearch: sent is stored, once, %s',
  { timeout },
  (_what, limit, restarts) =>
    sentIsStored(limit, restarts, async (log, folder, { url }, { secret }) => {
      const config = join(folder, 'rsyslog.conf');
      await writeFile(
        config,
        `global(workDirectory="${folder}" maxMessageSize="64k")
module(load="imfile" PollingInterval="1")
module(load="omelasticsearch")
template(name="raw" type="string" string="%msg%")
template(name="bid" type="string" string="%$.id%")
input(type="imfile" File="${log}" Tag="events")
set $.id = $uuid;
action(type="omelasticsearch" server="127.0.0.1" serverport="${new URL(url).port}" usehttps="off" uid="ingest" pwd="${secret}"
    searchIndex="logs-rsyslog" searchType="" template="raw" bulkmode="on" writeoperation="create" bulkid="bid" dynbulkid="on"
    retryfailures="on" ratelimit.interval="0" action.resumeRetryCount="-1" action.resumeInterval="1")
`,
      );
      daemon('rsyslogd', ['-n', '-f', config, '-i', join(folder, 'rsyslogd.pid')]);
    }),
);

test.runIf(hasSyslogNg).each(TRIALS)('syslog-ng: sent is stored, once, %s', { timeout }, (_what, limit, restarts) =>
  sentIsStored(limit, restarts, async (log, folder, { url }, { secret }) => {
    const config = join(folder, 'syslog-ng.conf');
    const authorization = Buffer.from(`ingest:${secret}`).toString('base64');
    await writeFile(
      config,
      `@version: 3.35
source s { file("${log}" follow-freq(1) flags(no-parse) log-msg-size(65536) read-old-records(yes)); };
destination d { http(url("${url}/_bulk") method("POST") headers("Content-Type: application/x-ndjson", "Authorization: Basic ${authorization}")
  body("{\\"index\\":{\\"_index\\":\\"logs-syslog-ng\\"}}\\n\${MESSAGE}") body-suffix("\\n") delimiter("\\n")
  batch-lines(200) batch-timeout(300) time-reopen(1) retries(1000) workers(1)); };
log { source(s); destination(d); flags(flow-control); };
`,
    );
    daemon('syslog-ng', [
      ...['-F', '--no-caps', '-f', config, '-R', join(folder, 'persist')],
      ...['-p', join(folder, 'pid'), '-c', join(folder, 'control')],
    ]);
  }),
);
