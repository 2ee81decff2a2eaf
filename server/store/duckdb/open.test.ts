import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { harnessFor } from '#server/store/contract/harness.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { openDuckdbStore } from './open.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-open-'));
  path = join(folder, 'events.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (catalogue = ECS_PROCESS) => openDuckdbStore({ path, catalogue });

test('events outlive a restart', async () => {
  const first = await harnessFor(await open());
  await first.append([{ '@timestamp': '2026-11-21T12:00:00Z', 'event.id': 'a', process: { name: ['sh', 'id'] } }]);
  await first.close();
  const store = await open();
  expect((await store.statistics()).events).toBe(1);
  const { rows } = await store.run({ steps: [{ kind: 'keep', columns: ['process.name'] }] }, { now: 0 });
  expect(rows).toEqual([{ 'process.name': ['id', 'sh'], $event: 1 }]);
  await store.close();
});

test('a file is opened once in a process, by whatever name, and again after it is closed', async () => {
  const store = await open();
  await expect(open()).rejects.toThrow('already open in this process');
  await expect(openDuckdbStore({ path: join(folder, '.', 'events.db'), catalogue: ECS_PROCESS })).rejects.toThrow(
    'already open in this process',
  );
  await store.close();
  await (await open()).close();
});

test('a file that another process holds is refused in one line', async () => {
  await (await open()).close();
  const client = createRequire(import.meta.url).resolve('@duckdb/node-api');
  const holder = spawn(process.execPath, [
    '-e',
    `const { DuckDBInstance } = require(process.argv[1]);
    DuckDBInstance.create(process.argv[2]).then(() => { console.log('held'); setInterval(() => {}, 1000); });`,
    client,
    path,
  ]);
  await once(holder.stdout, 'data');
  const refused = open();
  await expect(refused).rejects.toThrow(`is in use by another process (${holder.pid})`);
  await expect(refused).rejects.toThrow(/^[^\n]*$/);
  holder.kill();
  await once(holder, 'close');
  await (await open()).close();
});

test('a store in memory is its own, however many there are', async () => {
  const [one, other] = await Promise.all([
    openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS }),
    openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS }),
  ]);
  const harness = await harnessFor(one);
  await harness.append([{ '@timestamp': '2026-11-21T12:00:00Z', 'event.id': 'a' }]);
  expect((await other.statistics()).events).toBe(0);
  await harness.close();
  await other.close();
});

test('a run that takes long stops when it is called off, and the store goes on', async () => {
  const harness = await harnessFor(await openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS }));
  await harness.append(
    Array.from({ length: 300 }, (_, index) => ({
      '@timestamp': index,
      'event.id': `e${index}`,
      process: { args: LIST },
    })),
  );
  const expand = { kind: 'expand', column: 'process.args' } as const;
  const again = { kind: 'derive', columns: [{ name: 'process.args', value: ARGS }] } as const;
  const count = { name: 'n', function: 'count', of: null, where: null } as const;
  const steps = [
    ...Array.from({ length: 8 }, () => [COPY, expand, again]).flat(),
    { kind: 'aggregate', aggregates: [count], keys: [] },
  ] as const;
  const controller = new AbortController();
  const running = harness.store.run({ steps }, { now: 0, signal: controller.signal });
  setTimeout(() => controller.abort(new Error('called off')), 50);
  await expect(running).rejects.toThrow('called off');
  expect((await harness.store.statistics()).events).toBe(300);
  await harness.close();
});

/** Rows times ten, eight times over. */
const LIST = Array.from({ length: 10 }, (_, index) => `argument ${index}`);
const ARGS = { kind: 'column', name: 'all', type: 'string' } as const;
const COPY = {
  kind: 'derive',
  columns: [{ name: 'all', value: { kind: 'column', name: 'process.args', type: 'string' } }],
} as const;

test('closing waits for what is still asked; afterwards nothing is answered', async () => {
  const store = await open();
  const asked = store.statistics();
  await store.close();
  expect(await asked).toMatchObject({ events: 0 });
  await expect(store.statistics()).rejects.toThrow('closed');
});
