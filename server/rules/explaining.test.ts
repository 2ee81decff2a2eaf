import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { must } from '#shared/base/assert.ts';
import { DAY, formatInstant, HOUR, MINUTE } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { explainEvent } from './explain-event.ts';
import { explainGroup } from './explain-group.ts';
import { madeRule } from './testing/made-rules.ts';
import { childEvent, NEW_CHILD, RARE_COMMAND, shellEvent, shippedRule, store } from './testing/rules.ts';

const AT = Date.UTC(2026, 2, 8, 10);
const minutesAgo = (minutes: number): string => formatInstant(AT - minutes * MINUTE);

const THRESHOLD = { type: 'threshold', from: 'now-15m', interval: '15m' };

const ENGINES: Readonly<Record<string, () => Promise<EventStore>>> = {
  reference: async () => openReferenceStore({ catalogue: ECS_PROCESS }),
  duckdb: () => openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS, keepText: true }),
};

describe.each(Object.keys(ENGINES))('%s', (engine) => {
  let events: EventStore;
  beforeEach(async () => {
    events = (await ENGINES[engine]?.()) as EventStore;
  });
  afterEach(() => events.close());

  async function why(rule: Rule, id: string, exceptions: readonly RuleException[] = []) {
    const number = must((await events.numbersOf([id])).get(id), id);
    const [document] = await events.documents([number]);
    return explainEvent({ store: events, exceptions }, rule, { number, id, text: must(document, id).text });
  }
  const rare = async () => (await shippedRule(RARE_COMMAND)).rule;
  const fresh = async () => (await shippedRule(NEW_CHILD)).rule;
  const except = (stage: 'event' | 'result', field: string, value: string): RuleException => ({
    name: 'One',
    stage,
    entries: [{ type: 'match', field, operator: 'included', value }],
  });

  test('an event that alerts, and one that does not match', async () => {
    await store(events, [shellEvent('a', minutesAgo(30)), shellEvent('b', minutesAgo(30), { 'process.name': 'ls' })]);
    const found = await why(await rare(), 'a');
    expect(found).toMatchObject({ fate: 'alerts', at: formatInstant(AT), group: { events: 1 } });
    expect(found.group?.conditions.map(({ text, saw }) => [text, saw])).toEqual([
      ['agent_count == 1', ['1']],
      ['cc < 5', ['1']],
    ]);
    const other = await why(await rare(), 'b');
    expect(other).toMatchObject({ fate: 'no-match', clauses: { outcome: 'fail' } });
    expect(other.because).toMatch(/^It does not meet process\.name in .* \(here ls\)\.$/);
  });

  test('what an exclusion of the rule caught is named', async () => {
    await store(events, [childEvent('a', minutesAgo(3), { 'process.name': 'curl' })]);
    const { because } = await why(await fresh(), 'a');
    expect(because).toMatch(/^It does not meet not \(process\.name: arp or .*\(here curl\)\.$/);
  });

  test('a missing field decides nothing', async () => {
    await store(events, [shellEvent('a', minutesAgo(30), { 'process.working_directory': null })]);
    const found = await why(await rare(), 'a');
    expect(found).toMatchObject({ fate: 'undecided' });
    expect(found.because).toContain('cannot be decided');
  });

  test('a group that is too large, with its count', async () => {
    await store(
      events,
      Array.from({ length: 6 }, (_, index) => shellEvent(`e${index}`, minutesAgo(30 + index))),
    );
    const found = await why(await rare(), 'e3');
    expect(found).toMatchObject({ fate: 'group', because: 'It does not meet cc < 5 (here 6).', group: { events: 6 } });
    const ticks = { first: AT, last: AT, interval: HOUR };
    const keys = { 'process.command_line': 'sh -c id' };
    expect(await explainGroup({ store: events, exceptions: [] }, await rare(), keys, ticks)).toMatchObject({
      fate: 'group',
      group: { keys: { 'process.parent.executable': '/usr/sbin/nginx' }, events: 6 },
    });
    const nobody = await explainGroup(
      { store: events, exceptions: [] },
      await rare(),
      { 'process.command_line': 'x' },
      ticks,
    );
    expect(nobody.fate).toBe('no-match');
  });

  test('exceptions of both stages are named', async () => {
    await store(events, [shellEvent('a', minutesAgo(30))]);
    const event = await why(await rare(), 'a', [except('event', 'host.id', 'h1'), except('event', 'host.id', 'h2')]);
    expect(event).toMatchObject({ fate: 'excepted', exceptions: ['One'] });
    const row = await why(await rare(), 'a', [except('result', 'cc', '1')]);
    expect(row).toMatchObject({ fate: 'excepted', exceptions: ['One'], because: 'The exception One leaves it out.' });
  });

  test('terms that are not new say since when', async () => {
    const first = formatInstant(AT - 2 * DAY);
    await store(events, [childEvent('old', first), childEvent('again', minutesAgo(3))]);
    expect(await why(await fresh(), 'again')).toMatchObject({
      fate: 'not-new',
      firstSeen: first,
      group: { keys: { 'host.id': 'h1' } },
    });
    expect(await why(await fresh(), 'old')).toMatchObject({ fate: 'alerts' });
  });

  test('a term that is missing is in no combination', async () => {
    await store(events, [childEvent('a', minutesAgo(3), { 'host.id': null })]);
    expect(await why(await fresh(), 'a')).toMatchObject({
      fate: 'undecided',
      because: 'host.id missing: it is in no combination of terms.',
    });
  });

  test('limits, thresholds, and times that no run looks at', async () => {
    await store(events, [shellEvent('a', minutesAgo(8)), shellEvent('b', minutesAgo(7))]);
    const query = madeRule({ type: 'query', from: 'now-15m', interval: '15m', max_signals: 1 });
    expect(await why(query, 'a')).toMatchObject({ fate: 'alerts' });
    expect(await why(query, 'b')).toMatchObject({ fate: 'cut' });
    const threshold = (value: number) => madeRule({ ...THRESHOLD, threshold: { field: 'host.id', value } });
    expect(await why(threshold(2), 'b')).toMatchObject({
      fate: 'alerts',
      group: { keys: { 'host.id': 'h1' }, events: 2 },
    });
    expect(await why(threshold(3), 'b')).toMatchObject({ fate: 'group', group: { events: 2 } });
    const different = (value: number) =>
      madeRule({
        ...THRESHOLD,
        threshold: { field: 'host.id', value: 2, cardinality: [{ field: 'event.id', value }] },
      });
    expect(await why(different(2), 'b')).toMatchObject({ fate: 'alerts' });
    expect(await why(different(3), 'b')).toMatchObject({
      fate: 'group',
      because: 'It does not meet threshold_result.cardinality >= 3 (here 2).',
      group: {
        conditions: [
          { outcome: 'pass', saw: ['2'] },
          { outcome: 'fail', saw: ['2'] },
        ],
      },
    });
    const ticks = { first: AT, last: AT, interval: 15 * MINUTE };
    expect(
      await explainGroup({ store: events, exceptions: [] }, different(3), { 'host.id': 'h1' }, ticks),
    ).toMatchObject({ fate: 'group', group: { keys: { 'host.id': 'h1' }, events: 2 } });
    const absent = madeRule({ ...THRESHOLD, threshold: { field: 'process.hash.sha256', value: 1 } });
    expect(await why(absent, 'b')).toMatchObject({
      fate: 'undecided',
      because: 'process.hash.sha256 missing: it is in no group.',
    });
    const gaps = madeRule({ type: 'query', from: 'now-5m', interval: '1h' });
    expect(await why(gaps, 'a')).toMatchObject({ fate: 'unseen', clauses: null });
    const broken = madeRule({ type: 'query', query: 'a:b:c' });
    expect(await why(broken, 'a')).toMatchObject({ fate: 'cannot-run' });
  });
});
