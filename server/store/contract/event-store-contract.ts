import { afterEach, describe, expect, test } from 'vitest';
import type { AppendReport, EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import { parseInstant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import { EVENT_COLUMN, type Plan } from '#shared/plan/plan.ts';
import { type Harness, harnessFor } from './harness.ts';
import { type ProcessRecord, processRecord } from './records.ts';

const { column, single, oneOf } = planBuilder(ECS_PROCESS);
const now = must(parseInstant('2026-11-21T12:00:00Z'), 'instant');
const at = (minute: number): string => new Date(now + minute * 60_000).toISOString();

const IDS: Plan = {
  steps: [{ kind: 'keep', columns: ['event.id'] }],
};

const named = (...names: string[]): Plan => ({
  steps: [
    { kind: 'filter', where: oneOf('process.name', names) },
    { kind: 'keep', columns: ['event.id'] },
  ],
});

/** What every event store over `ECS_PROCESS` must do, whatever its engine. */
export function describeEventStore(name: string, open: () => Promise<EventStore>): void {
  describe(name, () => {
    const opened: Harness[] = [];
    afterEach(async () => {
      for (const harness of opened.splice(0)) await harness.close();
    });

    async function filled(...batches: (readonly ProcessRecord[])[]): Promise<Harness> {
      const harness = await harnessFor(await open());
      opened.push(harness);
      for (const records of batches) await harness.append(records.map(processRecord));
      return harness;
    }

    const idsOf = async ({ store }: Harness, plan: Plan): Promise<readonly unknown[]> =>
      (await store.run(plan, { now })).rows.map((row) => row['event.id']);

    test('rows come in order of arrival, with the number of their event', async () => {
      const harness = await filled([{ id: 'b' }, { id: 'a' }], [{ id: 'c' }]);
      expect(await idsOf(harness, IDS)).toEqual(['b', 'a', 'c']);
      const { rows, columns, completeness } = await harness.store.run(IDS, { now });
      expect(rows.map((row) => row[EVENT_COLUMN])).toEqual([1, 2, 3]);
      expect(columns.map((one) => one.name)).toEqual(['event.id', EVENT_COLUMN]);
      expect(completeness).toBe('complete');
    });

    test('an event that is known already is a duplicate, in its batch and in later ones', async () => {
      const harness = await filled([{ id: 'a' }]);
      const report = await harness.append([{ id: 'a' }, { id: 'b' }, { id: 'b' }].map(processRecord));
      expect(report).toMatchObject({ records: 3, events: 1, duplicates: 2, rejected: 0 });
      expect(await idsOf(harness, IDS)).toEqual(['a', 'b']);
    });

    test('a bad record is given back with its place, and stops nothing', async () => {
      const harness = await filled();
      const report = await harness.appendText(
        `{"@timestamp": "${at(0)}", "event.id": "a"}\n{"broken": \n{"event.id": "b"}\n{"@timestamp": "${at(1)}", "event.id": "c"}\n`,
      );
      expect(report).toMatchObject({ records: 4, events: 2, rejected: 2, duplicates: 0 });
      expect(report.window).toEqual({ from: now, to: now + 60_000 });
      expect(report.rejects.map(({ line }) => line)).toEqual([2, 3]);
      expect(await idsOf(harness, IDS)).toEqual(['a', 'c']);
    });

    test('a batch can be removed, and its numbers are not given again', async () => {
      const harness = await filled([{ id: 'a' }], [{ id: 'b' }, { id: 'c' }]);
      await harness.store.remove(2);
      expect(await idsOf(harness, IDS)).toEqual(['a']);
      await harness.append([processRecord({ id: 'd' })]);
      const { rows } = await harness.store.run(IDS, { now });
      expect(rows.map((row) => row[EVENT_COLUMN])).toEqual([1, 4]);
    });

    test('an append that is called off leaves nothing behind', async () => {
      const harness = await filled([{ id: 'a' }]);
      const stopped = harness.append([processRecord({ id: 'b' })], {
        signal: AbortSignal.abort(new Error('called off')),
      });
      await expect(stopped).rejects.toThrow();
      expect(await idsOf(harness, IDS)).toEqual(['a']);
    });

    test('what an append will report is told before it stands; where that fails nothing is stored', async () => {
      const harness = await filled();
      const told: AppendReport[] = [];
      const beforeCommit = async (report: AppendReport) => void told.push(report);
      const { rejects: _, ...report } = await harness.append([{ id: 'a' }, { id: 'a' }].map(processRecord), {
        beforeCommit,
      });
      expect(told).toEqual([report]);
      const failing = { beforeCommit: () => Promise.reject(new Error('no room')) };
      await expect(harness.append([processRecord({ id: 'b' })], failing)).rejects.toThrow('no room');
      expect(await idsOf(harness, IDS)).toEqual(['a']);
      expect(await harness.store.stored(2)).toBeNull();
    });

    test('a run that is called off rejects with the reason', async () => {
      const { store } = await filled([{ id: 'a' }]);
      const signal = AbortSignal.abort(new Error('called off'));
      await expect(store.run(IDS, { now, signal })).rejects.toThrow('called off');
    });

    test('documents come back as they were sent, in order, unknown numbers left out', async () => {
      const harness = await filled();
      const lines = [`{"@timestamp":"${at(0)}", "event": {"id": "ä"}, "x": [1, 2.50]}`, `{"@timestamp":"${at(1)}"}`];
      await harness.appendText(lines.join('\n'));
      const documents = await harness.store.documents([2, 99, 1]);
      expect(documents.map(({ number, text }) => [number, text])).toEqual([
        [1, lines[0]],
        [2, lines[1]],
      ]);
      expect(documents.map(({ id }) => id)).toEqual(['ä', expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
      expect(await harness.store.documents([])).toEqual([]);
      expect(await harness.store.idsOf([2, 99, 1])).toEqual(new Map(documents.map(({ number, id }) => [number, id])));
    });

    test('events are found by their public id', async () => {
      const harness = await filled([{ id: 'a' }, { id: '\uFEFFb' }], [{ id: "c'" }]);
      const ids = ["c'", 'a', '\uFEFFb', 'unknown', 'a'];
      expect([...(await harness.store.numbersOf(ids))].toSorted()).toEqual([
        ['a', 1],
        ["c'", 3],
        ['\uFEFFb', 2],
      ]);
      expect(await harness.store.numbersOf([])).toEqual(new Map());
    });

    test('statistics count events and hosts, and span their time', async () => {
      const harness = await filled([{ id: 'a', host: 'h1' }], [{ id: 'b', host: 'h2', at: at(5) }, { id: 'c' }]);
      expect(await harness.store.statistics()).toEqual({
        events: 3,
        hosts: 2,
        window: { from: now, to: now + 300_000 },
      });
    });

    test('an empty store answers', async () => {
      const { store } = await filled();
      expect(await store.statistics()).toEqual({ events: 0, hosts: 0, window: null });
      expect((await store.run(IDS, { now })).rows).toEqual([]);
      const total: Plan = { steps: [{ kind: 'aggregate', aggregates: [aggregate('n', 'count')], keys: [] }] };
      expect((await store.run(total, { now })).rows).toEqual([{ n: 0 }]);
      expect(await store.lineage([1], 10)).toEqual({ numbers: [], truncated: false });
    });

    test('a plan that cannot be run has diagnostics, one that can has none', async () => {
      const { store } = await filled();
      expect(store.check(named('sh'))).toEqual([]);
      const call = { kind: 'call', name: 'no_such_function', type: 'string', args: [] } as const;
      const unknown: Plan = { steps: [{ kind: 'derive', columns: [{ name: 'x', value: call }] }] };
      expect(store.check(unknown).map(({ message }) => message)).toContainEqual(
        expect.stringContaining('no_such_function'),
      );
      const missing: Plan = { steps: [{ kind: 'keep', columns: ['no.such.field'] }] };
      expect(store.check(missing).map(({ message }) => message)).toContainEqual(
        expect.stringContaining('no.such.field'),
      );
    });

    test('several values where one is wanted are null, and the rows are counted', async () => {
      const { store } = await filled([
        { id: 'a', action: ['fork', 'exec'] },
        { id: 'b', action: ['exec'] },
        { id: 'c', action: ['exec', 'end'] },
      ]);
      const where = { kind: 'compare', operator: '==', left: single('event.action'), right: literal('exec') } as const;
      const plan: Plan = { steps: [{ kind: 'filter', where }, ...IDS.steps] };
      const { rows, warnings } = await store.run(plan, { now });
      expect(rows.map((row) => row['event.id'])).toEqual(['b']);
      expect(warnings).toEqual([{ message: expect.stringContaining('single-value function'), rows: 2 }]);
    });

    test('values of a field appear once they have come, whichever batch brought the first pair', async () => {
      const harness = await filled([{ id: 'a', name: 'sh' }]);
      expect(await idsOf(harness, named('sh'))).toEqual(['a']);
      await harness.append([processRecord({ id: 'b', name: ['sh', 'id'] })]);
      expect(await idsOf(harness, named('sh'))).toEqual(['a', 'b']);
      expect(await idsOf(harness, named('id'))).toEqual(['b']);
    });

    test('reads go on beside an append, each seeing all of a batch or nothing', async () => {
      const harness = await filled();
      const records = Array.from({ length: 2000 }, (_, index) => processRecord({ id: `e${index}` }));
      const appended = harness.append(records);
      const count: Plan = { steps: [{ kind: 'aggregate', aggregates: [aggregate('n', 'count')], keys: [] }] };
      const seen = await Promise.all(Array.from({ length: 8 }, () => harness.store.run(count, { now })));
      for (const { rows } of seen) expect([0, 2000]).toContain(rows[0]?.['n']);
      await appended;
      expect((await harness.store.run(count, { now })).rows).toEqual([{ n: 2000 }]);
    });

    test('fields are added to the events that are there and to those that come', async () => {
      const port = { name: 'source.port', type: 'long' } as const;
      const zones = { name: 'my.Zone', type: 'keyword', many: true } as const;
      const harness = await filled([{ id: 'a', name: 'sh' }]);
      const { store } = harness;
      await harness.append([
        { '@timestamp': at(0), event: { id: 'b' }, 'source.port': '443', my: { Zone: ['y', 'x', 'y'] }, Process: 1 },
        { '@timestamp': at(1), 'event.id': 'c', source: { port: [80, '22'] } },
      ]);
      await harness.appendText(`{"@timestamp":"${at(1)}","event.id":"escaped","my.Z\\u006fne":"z"}\n`);
      const before = await store.statistics();
      expect(await store.addFields(catalogueOf([port, zones, { name: 'PROCESS.name', type: 'keyword' }]))).toBe(0);
      expect(store.catalogue.find('my.Zone')).toEqual(zones);
      await harness.append([{ '@timestamp': at(2), 'event.id': 'd', source: [{ port: 1 }], my: { Zone: 'x' } }]);
      const plan: Plan = { steps: [{ kind: 'keep', columns: ['event.id', 'source.port', 'my.Zone', 'process.name'] }] };
      expect(store.check(plan)).toEqual([]);
      const { rows } = await store.run(plan, { now });
      expect(rows.map((row) => [row['event.id'], row['source.port'], row['my.Zone']])).toEqual([
        ['a', null, null],
        ['b', 443, ['x', 'y']],
        ['c', [22, 80], null],
        ['escaped', null, 'z'],
        ['d', 1, 'x'],
      ]);
      expect(rows[0]?.['process.name']).toBe('sh');
      expect(await store.statistics()).toMatchObject({ events: before.events + 1, hosts: before.hosts });
    });

    test('adding fields goes on beside appends and questions, and twice at once', async () => {
      const harness = await filled();
      const record = (index: number): object => ({ '@timestamp': at(0), event: { id: `e${index}` }, x: { y: index } });
      await harness.append(Array.from({ length: 500 }, (_, index) => record(index)));
      const field = (name: string) => catalogueOf([{ name, type: 'long' }]);
      const adding = [harness.store.addFields(field('x.y')), harness.store.addFields(field('x.z'))];
      await harness.append([record(500)]);
      expect((await idsOf(harness, IDS)).length).toBeGreaterThan(500);
      await harness.append([record(501)]);
      await Promise.all(adding);
      const { rows } = await harness.store.run({ steps: [{ kind: 'keep', columns: ['x.y', 'x.z'] }] }, { now });
      expect(rows.map((row) => row['x.y'])).toEqual(Array.from({ length: 502 }, (_, index) => index));
    });

    test('adding fields that is called off leaves them out', async () => {
      const harness = await filled([{ id: 'a' }]);
      const signal = AbortSignal.abort(new Error('enough'));
      const wanted = catalogueOf([{ name: 'x.y', type: 'keyword' }]);
      await expect(harness.store.addFields(wanted, { signal })).rejects.toThrow('enough');
      expect(harness.store.catalogue.find('x.y')).toBeUndefined();
      expect(await harness.store.addFields(wanted)).toBe(0);
    });

    test('lineage follows entity ids up, also through ancestry, and down; siblings stay out', async () => {
      const { store } = await filled([
        { id: 'init', entity: 'p0' },
        { id: 'nginx', entity: 'p1', parent: 'p0', at: at(1) },
        { id: 'lost parent', entity: 'p3', parent: 'p2', ancestry: ['p2', 'p1', 'p0'], at: at(2) },
        { id: 'subject', entity: 'p4', parent: 'p3', at: at(3) },
        { id: 'sibling', entity: 'p5', parent: 'p3', at: at(3) },
        { id: 'child', entity: 'p6', parent: 'p4', at: at(5) },
        { id: 'end', entity: 'p4', parent: 'p3', at: at(6), action: 'end' },
        { id: 'grandchild', entity: 'p7', parent: 'p6', at: at(4) },
      ]);
      const { numbers, truncated } = await store.lineage([4], 100);
      expect(truncated).toBe(false);
      expect(new Set(numbers.slice(0, 3))).toEqual(new Set([1, 2, 3]));
      expect(numbers.slice(3)).toEqual([4, 8, 6, 7]);
    });

    test('lineage keeps to its budget and says so', async () => {
      const children = Array.from({ length: 30 }, (_, index) => ({
        id: `c${index}`,
        entity: `c${index}`,
        parent: 'p',
      }));
      const { store } = await filled([{ id: 'root', entity: 'r' }, { id: 'p', entity: 'p', parent: 'r' }, ...children]);
      const { numbers, truncated } = await store.lineage([2], 10);
      expect(numbers).toHaveLength(10);
      expect(numbers[0]).toBe(1);
      expect(truncated).toBe(true);
    });

    test('without entity ids lineage goes by host and pid', async () => {
      const { store } = await filled([
        { id: 'parent', host: 'h1', pid: 10, parentPid: 1 },
        { id: 'subject', host: 'h1', pid: 11, parentPid: 10, at: at(1) },
        { id: 'child', host: 'h1', pid: 12, parentPid: 11, at: at(2) },
        { id: 'elsewhere', host: 'h2', pid: 12, parentPid: 11, at: at(2) },
      ]);
      expect(await store.lineage([2], 100)).toEqual({ numbers: [1, 2, 3], truncated: false });
    });

    test('hidden columns of a plan are in its rows', async () => {
      const { store } = await filled([{ id: 'a', name: 'sh' }, { id: 'b', name: 'sh' }, { id: 'c' }]);
      const grouped: Plan = {
        steps: [
          { kind: 'filter', where: oneOf('process.name', ['sh']) },
          {
            kind: 'aggregate',
            aggregates: [aggregate('n', 'count'), aggregate('$events', 'events')],
            keys: [{ name: 'process.name', value: column('process.name') }],
          },
        ],
      };
      expect((await store.run(grouped, { now })).rows).toEqual([{ n: 2, $events: [1, 2], 'process.name': 'sh' }]);
    });
  });
}

const literal = (value: string) => ({ kind: 'literal', type: 'string', value }) as const;
