import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { formatInstant, MINUTE } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { keysId } from './identity.ts';
import { runRule } from './run.ts';
import { madeRule } from './testing/made-rules.ts';
import { compiled, shellEvent, store } from './testing/rules.ts';
import { runAt } from './ticks.ts';

const AT = Date.UTC(2026, 2, 8, 10);
const minutesBefore = (minutes: number): string => formatInstant(AT - minutes * MINUTE);

const ENGINES: Readonly<Record<string, () => Promise<EventStore>>> = {
  reference: async () => openReferenceStore({ catalogue: ECS_PROCESS }),
  duckdb: () => openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS, keepText: false }),
};

describe.each(Object.keys(ENGINES))('%s', (engine) => {
  let events: EventStore;
  beforeEach(async () => {
    events = (await ENGINES[engine]?.()) as EventStore;
  });
  afterEach(() => events.close());

  const run = async (rule: object, exceptions: Parameters<typeof compiled>[1] = [], reported = new Map()) =>
    runRule(events, compiled(madeRule({ from: 'now-60m', ...rule }), exceptions), runAt(AT, 5 * MINUTE), { reported });

  test('a query rule alerts once per event, the earliest first, known by the event', async () => {
    await store(events, [
      shellEvent('b', minutesBefore(5)),
      shellEvent('a', minutesBefore(10)),
      shellEvent('old', minutesBefore(61)),
      shellEvent('other', minutesBefore(3), { 'process.name': 'ls' }),
    ]);
    const { drafts, eventsMatched } = await run({ type: 'query', query: 'process.name:sh' });
    expect(drafts.map(({ keys, events: ids }) => [keys, ids])).toEqual([
      [{ 'event.id': 'a' }, ['a']],
      [{ 'event.id': 'b' }, ['b']],
    ]);
    expect(drafts[0]).toMatchObject({ occurrence: AT - 10 * MINUTE, columns: { 'process.name': 'sh' } });
    expect(eventsMatched).toBe(2);
  });

  test('filters narrow a query, caseless wildcards among them', async () => {
    await store(events, [
      shellEvent('a', minutesBefore(5)),
      shellEvent('b', minutesBefore(4), { 'process.working_directory': '/TMP/x' }),
    ]);
    const filters = [
      {
        meta: { negate: true },
        query: { wildcard: { 'process.working_directory': { value: '/tmp/?', case_insensitive: true } } },
      },
    ];
    const { drafts } = await run({ type: 'query', query: '', filters });
    expect(drafts.map((draft) => draft.events)).toEqual([['a']]);
  });

  test('exceptions of both stages leave events out of a query rule', async () => {
    await store(events, [shellEvent('a', minutesBefore(5)), shellEvent('b', minutesBefore(4), { 'host.id': 'h2' })]);
    for (const stage of ['event', 'result'] as const) {
      const entry = { type: 'match', field: 'host.id', operator: 'included', value: 'h2' } as const;
      const { drafts } = await run({ type: 'query' }, [{ name: 'one', stage, entries: [entry] }]);
      expect(drafts.map((draft) => draft.events)).toEqual([['a']]);
    }
  });

  const threshold = (more: object = {}) => ({
    type: 'threshold',
    query: 'process.name:sh',
    threshold: { field: ['host.id', 'user.id'], value: 2, ...more },
  });

  test('a threshold rule alerts on groups at or over it; without a field an event is in none', async () => {
    await store(events, [
      shellEvent('1', minutesBefore(9)),
      shellEvent('2', minutesBefore(8)),
      shellEvent('3', minutesBefore(7), { 'host.id': 'h2' }),
      shellEvent('4', minutesBefore(6), { 'user.id': null }),
      shellEvent('5', minutesBefore(5), { 'host.id': ['h2', 'h3'] }),
      shellEvent('6', minutesBefore(4), { 'host.id': ['h1', 'h2'] }),
    ]);
    const { drafts, skipped } = await run(threshold());
    expect(drafts.map(({ keys, events: ids }) => [keys, ids])).toEqual([
      [{ 'host.id': 'h1', 'user.id': '33' }, ['1', '2', '6']],
      [{ 'host.id': 'h2', 'user.id': '33' }, ['3', '5', '6']],
    ]);
    expect(drafts[0]).toMatchObject({
      occurrence: AT,
      columns: {
        'threshold_result.count': 3,
        'threshold_result.from': minutesBefore(9),
        'threshold_result.to': minutesBefore(4),
      },
    });
    expect(skipped).toEqual([{ reason: 'user.id is missing', events: 1 }]);
  });

  test('without fields all events are one group, and none is none', async () => {
    const rule = threshold({ field: [], value: 2 });
    expect((await run(rule)).drafts).toEqual([]);
    await store(events, [shellEvent('1', minutesBefore(9)), shellEvent('2', minutesBefore(8), { 'host.id': 'h2' })]);
    expect((await run(rule)).drafts).toMatchObject([{ keys: {}, events: ['1', '2'] }]);
  });

  test('cardinality wants distinct values too', async () => {
    const rule = threshold({ field: 'host.id', cardinality: [{ field: 'process.command_line', value: 2 }] });
    await store(events, [shellEvent('1', minutesBefore(9)), shellEvent('2', minutesBefore(8))]);
    expect((await run(rule)).drafts).toEqual([]);
    await store(events, [shellEvent('3', minutesBefore(7), { 'process.command_line': 'sh -c ls' })], 2);
    expect((await run(rule)).drafts).toMatchObject([{ columns: { 'threshold_result.cardinality': 2 } }]);
  });

  test('events up to the last one reported do not count again', async () => {
    await store(
      events,
      [9, 8, 7, 6].map((minutes) => shellEvent(String(minutes), minutesBefore(minutes))),
    );
    const rule = threshold({ field: 'host.id', cardinality: [{ field: 'agent.id', value: 1 }] });
    const group = keysId({ rule: 'made', keys: { 'host.id': 'h1' } });
    const reportedUpTo = async (minutes: number) =>
      (await run(rule, [], new Map([[group, AT - minutes * MINUTE]]))).drafts.map((draft) => draft.events);
    expect(await reportedUpTo(8)).toEqual([['7', '6']]);
    expect(await reportedUpTo(7)).toEqual([]);
    expect(await reportedUpTo(6)).toEqual([]);
    expect(await reportedUpTo(60)).toEqual([['9', '8', '7', '6']]);
  });

  test('exceptions: before counting, and on the group', async () => {
    await store(events, [shellEvent('1', minutesBefore(9)), shellEvent('2', minutesBefore(8), { 'agent.id': 'a2' })]);
    const rule = threshold({ field: 'host.id' });
    const except = (stage: 'event' | 'result', field: string, value: string) =>
      run(rule, [{ name: 'one', stage, entries: [{ type: 'match', field, operator: 'included', value }] }]);
    expect((await except('event', 'agent.id', 'a2')).drafts).toEqual([]);
    expect((await except('result', 'threshold_result.count', '2')).drafts).toEqual([]);
    expect((await except('result', 'threshold_result.count', '3')).drafts).toHaveLength(1);
  });

  test('beyond its limit a threshold rule keeps the largest groups', async () => {
    await store(events, [
      shellEvent('1', minutesBefore(9), { 'host.id': 'small' }),
      shellEvent('2', minutesBefore(8), { 'host.id': 'small' }),
      ...['3', '4', '5'].map((id) => shellEvent(id, minutesBefore(Number(id)), { 'host.id': 'large' })),
    ]);
    const { drafts, cut } = await run({ ...threshold({ field: 'host.id' }), max_signals: 1 });
    expect(drafts.map(({ keys }) => keys)).toEqual([{ 'host.id': 'large' }]);
    expect(cut).toMatchObject([{ keys: { 'host.id': 'small' }, events: 2 }]);
  });

  test('an ES|QL rule without groups alerts per event', async () => {
    await store(events, [shellEvent('a', minutesBefore(5))]);
    const { drafts } = await run({ type: 'esql', language: 'esql', query: 'from x | where process.name == "sh"' });
    expect(drafts).toMatchObject([{ keys: { 'event.id': 'a' }, occurrence: AT - 5 * MINUTE }]);
  });
});
