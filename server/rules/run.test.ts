import { beforeEach, expect, test } from 'vitest';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { formatInstant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { occurrenceId } from './identity.ts';
import { type RunOutcome, runRule } from './run.ts';
import { madeRule } from './testing/made-rules.ts';
import { childEvent, compiled, NEW_CHILD, RARE_COMMAND, shellEvent, shippedRule, store } from './testing/rules.ts';
import { runAt } from './ticks.ts';

const AT = Date.UTC(2026, 2, 8, 10);
const before = (seconds: number): string => formatInstant(AT - seconds * 1000);

let events: EventStore;

beforeEach(() => {
  events = openReferenceStore({ catalogue: ECS_PROCESS });
});

async function run(
  slug: string,
  change: Partial<Rule> = {},
  exceptions: readonly RuleException[] = [],
): Promise<RunOutcome> {
  const { rule } = await shippedRule(slug);
  return runRule(events, compiled({ ...rule, ...change }, exceptions), runAt(AT, rule.interval));
}

const eventsOf = ({ drafts }: RunOutcome) => drafts.map((draft) => draft.events);

test('where only findings are wanted, what nothing was found in is not counted', async () => {
  const { rule } = await shippedRule(NEW_CHILD);
  const asked = (findingsOnly: boolean) => runRule(events, compiled(rule), runAt(AT, rule.interval), { findingsOnly });
  await store(events, [childEvent('a', before(3600)), childEvent('b', before(60))]);
  expect(await asked(true)).toMatchObject({ drafts: [], eventsMatched: 0 });
  expect(await asked(false)).toMatchObject({ drafts: [], eventsMatched: 1 });
  await store(events, [childEvent('c', before(30), { 'process.command_line': 'id -u' })], 2);
  expect(await asked(true)).toEqual(await asked(false));
  expect(await asked(true)).toMatchObject({ drafts: [{ events: ['c'] }], eventsMatched: 2 });
});

test('a draft tells what the row is made of, and of whom', async () => {
  await store(events, [
    shellEvent('b', before(60), { 'host.name': 'web1.example.org', 'user.name': null }),
    shellEvent('c', before(60)),
    shellEvent('a', before(30)),
  ]);
  const { drafts } = await run(RARE_COMMAND);
  expect(drafts).toEqual([
    {
      rule: RARE_COMMAND,
      keys: {
        'process.command_line': 'sh -c id',
        'process.working_directory': '/srv/app',
        'process.parent.executable': '/usr/sbin/nginx',
      },
      columns: {
        cc: 3,
        agent_count: 1,
        'host.name': ['web1', 'web1.example.org'],
        'agent.id': ['a1'],
        'process.command_line': 'sh -c id',
        'process.working_directory': '/srv/app',
        'process.parent.executable': '/usr/sbin/nginx',
      },
      events: ['b', 'c', 'a'],
      firstSeen: AT - 60_000,
      lastSeen: AT - 30_000,
      tick: AT,
      window: { from: AT - 61 * 60_000, to: AT },
      occurrence: AT,
      historyCovered: null,
      subject: {
        commandLine: 'sh -c id',
        processName: 'sh',
        executable: '/bin/sh',
        workingDirectory: '/srv/app',
        parentName: 'nginx',
        parentExecutable: '/usr/sbin/nginx',
        hosts: ['web1', 'web1.example.org'],
        users: ['33', 'www-data'],
      },
    },
  ]);
});

test('an event without an id is known by the digest of its record', async () => {
  await store(events, [shellEvent('x', before(60), { 'event.id': null })]);
  expect(eventsOf(await run(RARE_COMMAND))).toEqual([[expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]]);
});

test('the history of a new term is covered as far as the data reaches back', async () => {
  const halfAWeek = (7 * 24 * 3600 - 9 * 60) / 2 + 9 * 60;
  await store(events, [childEvent('old', before(halfAWeek), { 'event.action': 'end' }), childEvent('new', before(60))]);
  expect((await run(NEW_CHILD)).drafts[0]?.historyCovered).toBeCloseTo(0.5);
});

test('beyond its limit a rarity rule keeps the rarest, and of those the earliest', async () => {
  await store(events, [
    shellEvent('late', before(10), { 'process.command_line': 'sh -c a' }),
    shellEvent('early', before(50), { 'process.command_line': 'sh -c z' }),
    shellEvent('twice-1', before(90), { 'process.command_line': 'sh -c b' }),
    shellEvent('twice-2', before(80), { 'process.command_line': 'sh -c b' }),
  ]);
  const { drafts, cut, warnings } = await run(RARE_COMMAND, { maxSignals: 2 });
  expect(drafts.map((draft) => draft.events)).toEqual([['early'], ['late']]);
  expect(cut).toEqual([
    {
      tick: AT,
      keys: expect.objectContaining({ 'process.command_line': 'sh -c b' }),
      events: 2,
      firstSeen: AT - 90_000,
    },
  ]);
  expect(warnings).toEqual(['The run at 2026-03-08T10:00:00.000Z found 1 rows beyond the limit of 2 alerts.']);
});

test('beyond its limit a new terms rule keeps the rarest, and of those the earliest', async () => {
  await store(events, [
    childEvent('twice-1', before(90), { 'process.command_line': 'b' }),
    childEvent('twice-2', before(80), { 'process.command_line': 'b' }),
    childEvent('late', before(10), { 'process.command_line': 'a' }),
    childEvent('early', before(50), { 'process.command_line': 'z' }),
  ]);
  const outcome = await run(NEW_CHILD, { maxSignals: 2 });
  expect(eventsOf(outcome)).toEqual([['early'], ['late']]);
  expect(outcome.cut.map(({ keys }) => keys['process.command_line'])).toEqual(['b']);
});

test.each(['new terms', 'single events'])(
  'of %s, what runs at other times have reported takes no place',
  async (what) => {
    await store(events, [
      childEvent('a', before(50), { 'process.command_line': 'a' }),
      childEvent('b', before(40), { 'process.command_line': 'b' }),
      childEvent('c', before(30), { 'process.command_line': 'c' }),
    ]);
    const { rule } = await shippedRule(NEW_CHILD);
    const made = what === 'new terms' ? rule : madeRule({ type: 'query', query: 'process.name:file' });
    const limited = compiled({ ...made, maxSignals: 1 });
    const reported: AlertDraft[] = [];
    const next = async () => {
      const known = async (ids: readonly string[]) =>
        new Set(reported.map(occurrenceId).filter((id) => ids.includes(id)));
      const outcome = await runRule(events, limited, runAt(AT, rule.interval), { known });
      reported.push(...outcome.drafts);
      return [eventsOf(outcome), outcome.cut.length];
    };
    expect(await next()).toEqual([[['a']], 2]);
    expect(await next()).toEqual([[['b']], 1]);
    expect(await next()).toEqual([[['c']], 0]);
  },
);

test('the limit of the query counts as well as that of the rule', async () => {
  const many = Array.from({ length: 103 }, (_, index) =>
    shellEvent(`e${index}`, before(index), { 'process.command_line': `sh -c ${index}` }),
  );
  await store(events, many);
  const { drafts, cut, eventsMatched } = await run(RARE_COMMAND, { maxSignals: 1000 });
  expect([drafts.length, cut.length, eventsMatched]).toEqual([100, 3, 103]);
});

test('events the rarity rule cannot judge are counted by cause', async () => {
  await store(events, [
    shellEvent('merged', before(60), { 'event.action': ['fork', 'exec', 'end'], 'event.type': ['start', 'end'] }),
    shellEvent('homeless', before(60), { 'process.working_directory': null }),
    // Decided by something else: not a shell at all, an excluded directory, another sign of the web.
    shellEvent('other', before(60), { 'process.name': 'ls', 'process.working_directory': null }),
    shellEvent('excluded', before(60), { 'process.parent.executable': null, 'process.working_directory': '/home/x' }),
    shellEvent('orphan', before(60), { 'process.parent.name': null }),
    shellEvent('too old', before(7200), { 'process.working_directory': null }),
  ]);
  const outcome = await run(RARE_COMMAND);
  expect(eventsOf(outcome)).toEqual([['orphan']]);
  expect(outcome.skipped).toEqual([
    { reason: 'event.type has several values', events: 1 },
    { reason: 'event.action has several values', events: 1 },
    { reason: 'process.working_directory is missing', events: 1 },
  ]);
  expect(outcome.eventsMatched).toBe(1);
  expect(outcome.warnings.join('\n')).toContain('multi-value');
});

test('events without a term are counted by the field they lack', async () => {
  await store(events, [childEvent('a', before(60), { 'host.id': null }), childEvent('b', before(60))]);
  const outcome = await run(NEW_CHILD);
  expect(outcome.skipped).toEqual([{ reason: 'host.id is missing', events: 1 }]);
  expect(outcome.eventsMatched).toBe(2);
});

const except = (stage: RuleException['stage'], field: string, value: string): RuleException => ({
  name: 'Known',
  stage,
  entries: [{ type: 'match', field, operator: 'included', value }],
});

test('an exception on events acts before counting: leaving one agent out can make the other alert', async () => {
  await store(events, [shellEvent('a', before(60)), shellEvent('b', before(50), { 'agent.id': 'a2' })]);
  expect(eventsOf(await run(RARE_COMMAND))).toEqual([]);
  expect(eventsOf(await run(RARE_COMMAND, {}, [except('event', 'agent.id', 'a1')]))).toEqual([['b']]);
  expect(eventsOf(await run(RARE_COMMAND, {}, [except('result', 'agent.id', 'a1')]))).toEqual([]);
});

test('what an exception on events hid is old to a new-terms rule when it ends: the history is of all stored events', async () => {
  await store(events, [childEvent('hidden', before(3600)), childEvent('again', before(60))]);
  const spared = except('event', 'user.name', 'www-data');
  expect(eventsOf(await run(NEW_CHILD, {}, [spared]))).toEqual([]);
  expect(eventsOf(await run(NEW_CHILD))).toEqual([]);
});

test('while it holds, terms that only what it hides has shown are new where they come otherwise', async () => {
  await store(events, [childEvent('hidden', before(3600)), childEvent('other', before(60), { 'user.name': 'root' })]);
  expect(eventsOf(await run(NEW_CHILD, {}, [except('event', 'user.name', 'www-data')]))).toEqual([['other']]);
  expect(eventsOf(await run(NEW_CHILD))).toEqual([]);
});

test('an exception on rows takes alerts away and makes room under the limit', async () => {
  await store(events, [
    shellEvent('a', before(60), { 'process.command_line': 'sh -c a' }),
    shellEvent('b', before(50), { 'process.command_line': 'sh -c b' }),
  ]);
  const outcome = await run(RARE_COMMAND, { maxSignals: 1 }, [except('result', 'process.command_line', 'sh -c a')]);
  expect(eventsOf(outcome)).toEqual([['b']]);
  expect(outcome.cut).toEqual([]);
});

test('an excepted event is no history of a new term', async () => {
  await store(events, [childEvent('old', before(3600), { 'user.name': 'deploy' }), childEvent('new', before(60))]);
  expect(eventsOf(await run(NEW_CHILD))).toEqual([]);
  expect(eventsOf(await run(NEW_CHILD, {}, [except('event', 'user.name', 'deploy')]))).toEqual([['new']]);
  expect(eventsOf(await run(NEW_CHILD, {}, [except('result', 'host.id', 'h1')]))).toEqual([]);
});

test('event.ingested counts where a rule asks for it and an event has it', async () => {
  const override = { timestampOverride: 'event.ingested' };
  await store(events, [
    childEvent('late', before(86_400), { 'event.ingested': before(60) }),
    childEvent('plain', before(60), { 'process.command_line': 'other' }),
  ]);
  expect(eventsOf(await run(NEW_CHILD))).toEqual([['plain']]);
  expect(
    eventsOf(await run(NEW_CHILD, override))
      .flat()
      .sort(),
  ).toEqual(['late', 'plain']);
});

test('a limit of each group chooses among events, the earliest where the query does not say', async () => {
  await store(events, [
    shellEvent('late', before(10)),
    shellEvent('early', before(60)),
    shellEvent('other', before(50), { 'user.name': 'deploy' }),
  ]);
  const query = 'from logs-* | where process.name == "sh" | limit 1 by user.name';
  const { drafts, cut } = await run(RARE_COMMAND, { query, maxSignals: 1 });
  expect(drafts.map((draft) => draft.events)).toEqual([['early']]);
  expect(cut).toHaveLength(1);
  const latest = `${query.replace('| limit', '| sort @timestamp desc | limit')} | keep user.name`;
  expect(eventsOf(await run(RARE_COMMAND, { query: latest }))).toEqual([['late'], ['other']]);
});

test('a rule that groups nothing alerts on each event, by its id', async () => {
  await store(events, [shellEvent('a', before(60)), shellEvent('b', before(50)), shellEvent('c', before(40))]);
  const query = 'from logs-* | where process.name == "sh" | keep @timestamp, user.name | limit 2';
  const { drafts, cut } = await run(RARE_COMMAND, { query });
  expect(drafts.map(({ keys, columns }) => [keys, columns])).toEqual([
    [{ 'event.id': 'a' }, { '@timestamp': before(60), 'user.name': 'www-data' }],
    [{ 'event.id': 'b' }, { '@timestamp': before(50), 'user.name': 'www-data' }],
  ]);
  expect(cut).toHaveLength(1);
});
