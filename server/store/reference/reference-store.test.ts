import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppendReport, EventStore, Reject } from '#server/store/event-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { openReferenceStore } from './reference-store.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-reference-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const open = (): EventStore => openReferenceStore({ catalogue: ECS_PROCESS });

async function append(
  store: EventStore,
  batch: number,
  lines: readonly unknown[],
): Promise<AppendReport & { rejects: Reject[] }> {
  const path = join(folder, `batch-${batch}`);
  await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  const rejects: Reject[] = [];
  const report = await store.append({ id: batch, path }, { onReject: (reject) => rejects.push(reject) });
  return { ...report, rejects };
}

const at = (minute: number): string => `2026-11-21T10:${String(minute).padStart(2, '0')}:00Z`;
const instant = (minute: number): number => Date.parse(at(minute));

test('a batch is stored with its bad lines told apart, and duplicates left out', async () => {
  const store = open();
  const first = await append(store, 1, [
    { '@timestamp': at(3), event: { id: 'a' }, host: { id: 'h1' } },
    'no json',
    '["no object"]',
    '',
    { event: { id: 'b' } },
    { '@timestamp': 'yesterday', 'event.id': 'c' },
    `{"@timestamp": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    { '@timestamp': at(1), 'event.id': 'd', host: { id: 'h2' } },
    { '@timestamp': at(9), 'event.id': 'a' },
    ' {"@timestamp": "2026-11-21T10:02:00Z"} ',
    '{"@timestamp": "2026-11-21T10:02:00Z"}',
  ]);
  expect(first).toMatchObject({
    records: 10,
    events: 3,
    rejected: 5,
    duplicates: 2,
    window: { from: instant(1), to: instant(3) },
  });
  expect(first.rejects.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    expect.stringMatching(/^2 invalid JSON/),
    '3 not an object',
    '5 @timestamp is missing',
    '6 @timestamp is not a date: "yesterday"',
    '7 @timestamp is not a date: a deeply nested value',
  ]);
  expect(first.rejects[0]?.text).toBe('no json');

  const second = await append(store, 2, [
    { '@timestamp': at(4), 'event.id': 'd' },
    { '@timestamp': at(5), 'event.id': 'e' },
  ]);
  expect(second).toMatchObject({ records: 2, events: 1, duplicates: 1 });
  expect(await store.statistics()).toEqual({ events: 4, hosts: 2, window: { from: instant(1), to: instant(5) } });
});

test('events are found by number and by id; a record without an id has a digest', async () => {
  const store = open();
  await append(store, 1, [{ '@timestamp': at(1), 'event.id': 'a' }, ' {"@timestamp":"2026-11-21T10:00:00Z"} ']);
  const [first, second] = await store.documents([2, 1, 99]);
  expect(first).toEqual({ number: 1, id: 'a', text: `{"@timestamp":"${at(1)}","event.id":"a"}` });
  expect(second?.text).toBe('{"@timestamp":"2026-11-21T10:00:00Z"}');
  expect(second?.id).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(await store.numbersOf(['a', 'unknown'])).toEqual(new Map([['a', 1]]));
});

test('a removed batch is gone, and its numbers are not used again', async () => {
  const store = open();
  await append(store, 1, [{ '@timestamp': at(1), 'event.id': 'a' }]);
  await append(store, 2, [{ '@timestamp': at(2), 'event.id': 'b' }]);
  await store.remove(2);
  await append(store, 3, [{ '@timestamp': at(2), 'event.id': 'b' }]);
  expect(await store.numbersOf(['a', 'b'])).toEqual(
    new Map([
      ['a', 1],
      ['b', 3],
    ]),
  );
});

test('an append that fails leaves nothing behind', async () => {
  const store = open();
  await expect(store.append({ id: 1, path: join(folder, 'missing') })).rejects.toThrow();
  const path = join(folder, 'stopped');
  await writeFile(path, JSON.stringify({ '@timestamp': at(1) }));
  await expect(store.append({ id: 2, path }, { signal: AbortSignal.abort() })).rejects.toThrow();
  expect((await store.statistics()).events).toBe(0);
});

test('a plan is run over the stored events', async () => {
  const store = open();
  await append(store, 1, [
    { '@timestamp': at(1), process: { name: 'sh', pid: '9007199254740993' } },
    { '@timestamp': at(2), process: { name: 'id', pid: 9 } },
  ]);
  const { rows } = await store.run(
    { steps: [{ kind: 'keep', columns: ['process.name', 'process.pid'] }] },
    { now: instant(3) },
  );
  expect(rows).toEqual([
    { 'process.name': 'sh', 'process.pid': 9007199254740993n, $event: 1 },
    { 'process.name': 'id', 'process.pid': 9, $event: 2 },
  ]);
});

test('what it cannot do is told before', () => {
  const store = open();
  expect(store.check({ steps: [{ kind: 'keep', columns: ['process.name'] }] })).toEqual([]);
  const unknown = { kind: 'call', name: 'no_such_function', type: 'boolean', args: [] } as const;
  expect(
    store.check({
      steps: [
        { kind: 'filter', where: unknown },
        { kind: 'keep', columns: ['nowhere'] },
      ],
    }),
  ).not.toEqual([]);
});

test('lineage goes up and down by entity id, and by pid where there is none', async () => {
  const store = open();
  const event = (minute: number, id: string, process: object, host = 'h1') => ({
    '@timestamp': at(minute),
    'event.id': id,
    'host.id': host,
    process,
  });
  await append(store, 1, [
    event(9, 'grandchild', { entity_id: 'c', parent: { entity_id: 'b' } }),
    event(1, 'root', { entity_id: 'r' }),
    event(5, 'self', { entity_id: 's', parent: { entity_id: 'p' }, Ext: { ancestry: ['p', 'r'] } }),
    event(2, 'parent', { entity_id: 'p', parent: { entity_id: 'r' } }),
    event(6, 'child', { entity_id: 'b', pid: 7, parent: { entity_id: 's' } }),
    event(8, 'self end', { entity_id: 's', parent: { entity_id: 'p' } }),
    event(7, 'sibling', { entity_id: 'x', parent: { entity_id: 'p' } }),
    event(1, 'by pid', { pid: 20, parent: { pid: 10 } }),
    event(2, 'its child', { pid: 21, parent: { pid: 20 } }),
    event(3, 'another host', { pid: 22, parent: { pid: 20 } }, 'h2'),
  ]);
  const named = async (id: string, budget: number) => {
    const numbers = [...(await store.numbersOf([id])).values()];
    const lineage = await store.lineage(numbers, budget);
    const ids = await Promise.all(lineage.numbers.map(async (number) => (await store.documents([number]))[0]?.id));
    return { ids, truncated: lineage.truncated };
  };
  expect(await named('self', 100)).toEqual({
    ids: ['parent', 'root', 'self', 'child', 'self end', 'grandchild'],
    truncated: false,
  });
  expect(await named('self', 2)).toEqual({ ids: ['parent', 'root'], truncated: true });
  expect(await named('its child', 100)).toEqual({ ids: ['by pid', 'its child'], truncated: false });
});
