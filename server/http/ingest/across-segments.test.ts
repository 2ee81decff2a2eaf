import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { makeKey, settled } from '../testing/senders.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let headers: Record<string, string>;
beforeEach(async () => {
  server = await startTestServer();
  headers = { authorization: `Bearer ${(await makeKey(server)).secret}` };
});
afterEach(() => server.stop());

const at = (serial: number): string => `audit(${(1_763_700_000 + serial / 10).toFixed(3)}:${serial})`;

/** The records of a program's start, as auditd writes them. */
const exec = (serial: number, pid: number, parentPid: number, program: string): readonly string[] => [
  `type=SYSCALL msg=${at(serial)}: arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=8 items=2 ppid=${parentPid} pid=${pid} auid=1000 uid=33 gid=33 euid=33 tty=(none) ses=1 comm="${program}" exe="/usr/bin/${program}" key="exec"`,
  `type=EXECVE msg=${at(serial)}: argc=2 a0="${program}" a1="--flag${serial}"`,
  `type=CWD msg=${at(serial)}: cwd="/var/www"`,
  `type=PATH msg=${at(serial)}: item=0 name="/usr/bin/${program}" inode=1 dev=fe:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL`,
  `type=PROCTITLE msg=${at(serial)}: proctitle=${Buffer.from(`${program}\0--flag${serial}`).toString('hex').toUpperCase()}`,
];

async function send(lines: readonly string[]): Promise<void> {
  const body = `${lines.join('\n')}\n`;
  const response = await fetch(`${server.url}/api/ingest?source=audit`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  await settled(server);
}

interface Shown {
  readonly commandLine: string | null;
  readonly parentName: string | null;
}
const stored = async (): Promise<readonly Shown[]> =>
  (await server.json<{ events: readonly Shown[] }>('/api/events')).body.events;
const commands = async (): Promise<readonly (string | null)[]> =>
  (await stored()).map(({ commandLine }) => commandLine).toSorted();
const counts = async () => (await server.json<{ sources: object[] }>('/api/sources')).body.sources;

test('an event that two requests share is one event, with what both say', async () => {
  const lines = exec(1, 100, 1, 'curl');
  await send([...exec(0, 99, 1, 'ls'), ...lines.slice(0, 2)]);
  expect(await commands()).toEqual(['ls --flag0']);
  await send(lines.slice(2));
  expect(await commands()).toEqual(['curl --flag1', 'ls --flag0']);
  expect(await counts()).toEqual([expect.objectContaining({ records: 10, events: 2, duplicates: 0, rejected: 0 })]);
});

test('an event that two requests share is one event after a restart, and counted once', async () => {
  const lines = exec(1, 100, 1, 'curl');
  await send(lines.slice(0, 1));
  server = await server.restart();
  expect(await commands()).toEqual([]);
  await send(lines.slice(1));
  expect(await commands()).toEqual(['curl --flag1']);
  expect(await counts()).toEqual([expect.objectContaining({ records: 5, events: 1, duplicates: 0, rejected: 0 })]);
});

test('the rest of an event that never comes is not waited for long', async () => {
  await send(exec(1, 100, 1, 'curl').slice(0, 2));
  expect(await commands()).toEqual([]);
  await expect.poll(commands, { timeout: 20_000 }).toEqual(['curl --flag1']);
  await settled(server);
  expect(await counts()).toEqual([expect.objectContaining({ records: 2, events: 1 })]);
});

test('a parent of an earlier request is known, also by the next process', async () => {
  await send(exec(1, 100, 1, 'nginx'));
  await send(exec(2, 200, 100, 'sh'));
  server = await server.restart();
  await send(exec(3, 300, 100, 'id'));
  const parents = Object.fromEntries((await stored()).map(({ commandLine, parentName }) => [commandLine, parentName]));
  expect(parents).toMatchObject({ 'sh --flag2': 'nginx', 'id --flag3': 'nginx' });
});

test('what the store took before the program fell is counted as it was stored, whoever maps it then', async () => {
  await server.stop();
  let falls = true;
  server = await startTestServer({
    surroundings: {
      openStore: async (path, _config, _log, catalogue): Promise<EventStore> => {
        const store = await openDuckdbStore({ path, catalogue, memoryLimit: '512MB' });
        return {
          ...store,
          append: async (batch, options) => {
            const report = await store.append(batch, options);
            if (falls) throw new Error('fallen');
            return report;
          },
        };
      },
    },
  });
  headers = { authorization: `Bearer ${(await makeKey(server)).secret}` };
  const body = `${[...exec(1, 100, 1, 'nginx'), ...exec(2, 200, 100, 'sh'), ...exec(3, 300, 1, 'ls').slice(0, 2), 'type=X'].join('\n')}\n`;
  await fetch(`${server.url}/api/ingest?source=audit`, { method: 'POST', headers, body });
  await expect.poll(commands, { timeout: 10_000 }).toEqual(['nginx --flag1', 'sh --flag2']);
  falls = false;
  server = await server.restart();
  await settled(server);
  expect(await counts()).toEqual([expect.objectContaining({ records: 13, events: 2, duplicates: 0, rejected: 1 })]);
  await send(exec(3, 300, 1, 'ls').slice(2));
  expect(await commands()).toEqual(['ls --flag3', 'nginx --flag1', 'sh --flag2']);
  expect(await counts()).toEqual([expect.objectContaining({ records: 16, events: 3, duplicates: 0, rejected: 1 })]);
});
