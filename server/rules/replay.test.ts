import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { DAY, formatInstant, HOUR, type Instant, MINUTE, parseInstant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { TO_COLUMN } from '#shared/rule/compile-threshold.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { fieldsForRules } from './fields.ts';
import { foldDrafts } from './fold.ts';
import { keysId, occurrenceId } from './identity.ts';
import { replayRule } from './replay.ts';
import { runRule } from './run.ts';
import { madeRule } from './testing/made-rules.ts';
import { childEvent, compiled, NEW_CHILD, RARE_COMMAND, shellEvent, shippedRule, store } from './testing/rules.ts';
import { runAt } from './ticks.ts';

const START = Date.UTC(2026, 2, 1);

/** Times that meet the edges of windows and of the schedule as often as not. */
const timeWithin = (length: number, unit: number): fc.Arbitrary<Instant> =>
  fc
    .tuple(fc.integer({ min: 0, max: Math.floor(length / unit) }), fc.constantFrom(-1, 0, 1, 1234))
    .map(([units, offset]) => START + units * unit + offset);

const shells = fc.array(
  fc.record({
    time: timeWithin(5 * HOUR, 10 * MINUTE),
    command: fc.constantFrom('sh -c id', 'sh -c ls', 'sh ls'),
    agent: fc.constantFrom('a1', 'a2', null),
    folder: fc.constantFrom('/srv', null),
  }),
  { minLength: 1, maxLength: 25 },
);

const children = fc.array(
  fc.record({
    time: timeWithin(8 * DAY, DAY / 8).chain((time) => fc.integer({ min: -3, max: 3 }).map((n) => time + n * MINUTE)),
    command: fc.constantFrom('file -b a', 'file -b b'),
    host: fc.constantFrom('h1', null, ['h1', 'h2']),
  }),
  { minLength: 1, maxLength: 12 },
);

const RULES = {
  [RARE_COMMAND]: shells.map((events) =>
    events.map(({ time, command, agent, folder }, index) =>
      shellEvent(`e${index}`, formatInstant(time), {
        'process.command_line': command,
        'agent.id': agent,
        'process.working_directory': folder,
      }),
    ),
  ),
  [NEW_CHILD]: children.map((events) =>
    events.map(({ time, command, host }, index) =>
      childEvent(`e${index}`, formatInstant(time), { 'process.command_line': command, 'host.id': host }),
    ),
  ),
};

/** Rules of the other types, over events that meet their windows' edges. */
const MADE: Readonly<Record<string, { readonly rule: Rule; readonly documents: fc.Arbitrary<object[]> }>> = {
  query: {
    rule: madeRule({ type: 'query', query: 'process.command_line:"sh -c id"', from: 'now-25m', interval: '10m' }),
    documents: RULES[RARE_COMMAND],
  },
  'query with a limit': {
    rule: madeRule({
      type: 'query',
      query: 'process.command_line:*',
      from: 'now-55m',
      interval: '10m',
      max_signals: 1,
    }),
    documents: RULES[RARE_COMMAND],
  },
  'new terms with a limit': {
    rule: madeRule({
      type: 'new_terms',
      query: 'process.command_line:*',
      from: 'now-55m',
      interval: '10m',
      max_signals: 1,
      new_terms: {
        field: 'new_terms_fields',
        value: ['process.command_line', 'agent.id'],
        history_window_start: [{ field: 'history_window_start', value: 'now-3h' }],
      },
    }),
    documents: RULES[RARE_COMMAND],
  },
  'ES|QL without groups, with a limit': {
    rule: madeRule({
      type: 'esql',
      language: 'esql',
      query:
        'from logs-* metadata _id | where process.name == "sh" | mv_expand agent.id | sort @timestamp desc | keep _id, @timestamp, agent.id | limit 1',
      from: 'now-35m',
      interval: '10m',
    }),
    documents: RULES[RARE_COMMAND],
  },
  threshold: {
    rule: madeRule({
      type: 'threshold',
      from: 'now-45m',
      interval: '10m',
      threshold: { field: ['agent.id'], value: 2 },
    }),
    documents: RULES[RARE_COMMAND],
  },
  'threshold with cardinality and a limit': {
    rule: madeRule({
      type: 'threshold',
      from: 'now-35m',
      interval: '10m',
      max_signals: 1,
      threshold: {
        field: ['process.command_line'],
        value: 2,
        cardinality: [{ field: 'process.working_directory', value: 1 }],
      },
    }),
    documents: RULES[RARE_COMMAND],
  },
};

const ENGINES: Readonly<Record<string, { open: (catalogue: FieldCatalogue) => Promise<EventStore>; runs: number }>> = {
  reference: { open: async (catalogue) => openReferenceStore({ catalogue }), runs: 30 },
  duckdb: { open: (catalogue) => openDuckdbStore({ path: ':memory:', catalogue, keepText: false }), runs: 3 },
};

/** One run after the other, as a scheduler makes them: each knows what those before it have reported. */
async function runByRun(events: EventStore, rule: CompiledRule, from: Instant, to: Instant): Promise<AlertDraft[]> {
  const drafts: AlertDraft[] = [];
  const { interval } = rule.rule;
  for (let tick = Math.ceil(from / interval) * interval; ; tick += interval) {
    // Most runs of a week see nothing: only those that see an event tell replay and schedule apart.
    const reported = reportedBy(drafts);
    const before = new Set(drafts.map(occurrenceId));
    const known = async () => before;
    const { drafts: found } = await runRule(events, rule, runAt(tick, interval), { reported, known });
    drafts.push(...found.filter((draft) => !before.has(occurrenceId(draft))));
    if (tick >= to) return drafts;
  }
}

const reportedBy = (drafts: readonly AlertDraft[]): ReadonlyMap<string, Instant> =>
  new Map(
    drafts.flatMap((draft) => {
      const upTo = parseInstant(String(draft.columns[TO_COLUMN]));
      return upTo === null ? [] : [[keysId(draft), upTo]];
    }),
  );

async function replayEqualsRuns(
  rule: CompiledRule,
  documents: fc.Arbitrary<object[]>,
  { open, runs }: (typeof ENGINES)[string],
): Promise<void> {
  const property = fc.asyncProperty(documents, async (found) => {
    const events = await open(fieldsForRules([rule], ECS_PROCESS));
    try {
      await store(events, found);
      const { window } = await events.statistics();
      const replay = await replayRule(events, rule);
      const simulated = await runByRun(events, rule, window?.from ?? 0, window?.to ?? 0);
      expect(replay.drafts).toEqual(simulated);
      expect(foldDrafts(replay.drafts)).toEqual(foldDrafts(simulated));
    } finally {
      await events.close();
    }
  });
  await fc.assert(property, { numRuns: runs });
}

describe.each(Object.entries(ENGINES))('%s', (_, engine) => {
  test.each(Object.entries(RULES))(
    'a replay of %s is its schedule, run by run',
    async (slug, documents) => {
      const { rule: shipped } = await shippedRule(slug);
      // A week in fewer runs: windows and intervals grow together, the history stays.
      const rule = compiled(slug === NEW_CHILD ? { ...shipped, interval: 5 * HOUR, window: 9 * HOUR } : shipped);
      await replayEqualsRuns(rule, documents, engine);
    },
    240_000,
  );

  test.each(Object.entries(MADE))(
    'a replay of a rule of type %s is its schedule, run by run',
    (_type, { rule, documents }) => replayEqualsRuns(compiled(rule), documents, engine),
    240_000,
  );
});

test('nothing stored, nothing to replay', async () => {
  const rule = compiled((await shippedRule(RARE_COMMAND)).rule);
  const replay = await replayRule(openReferenceStore({ catalogue: ECS_PROCESS }), rule);
  expect(replay).toMatchObject({ ticks: null, drafts: [] });
});

test.each(['event', 'group'])(
  'a rule by %s with a time of its own is replayed at those times, however late events came',
  async (kind) => {
    const shipped = (await shippedRule(NEW_CHILD)).rule;
    const rule = compiled({
      ...(kind === 'event' ? shipped : madeRule({ type: 'threshold', ...OF_HOSTS })),
      timestampOverride: 'event.ingested',
    });
    const late = (id: string, minutes: number) =>
      childEvent(id, formatInstant(START), { 'event.ingested': formatInstant(START + minutes * MINUTE) });
    for (const { open } of Object.values(ENGINES)) {
      const events = await open(ECS_PROCESS);
      await store(events, [late('e1', 121), late('e2', 122), shellEvent('other', formatInstant(START + DAY))]);
      const replay = await replayRule(events, rule);
      expect(replay.ticks).toEqual({ first: START + 125 * MINUTE, last: START + 125 * MINUTE, interval: 5 * MINUTE });
      expect(replay.drafts.map((draft) => draft.events)).toEqual([['e1', 'e2']]);
      await events.close();
    }
  },
);

test('where @timestamp must not stand in for the time of a rule, an event without that is in no run', async () => {
  const own = { timestamp_override: 'event.ingested', timestamp_override_fallback_disabled: true };
  const rules = [
    madeRule({ type: 'threshold', ...OF_HOSTS, ...own, threshold: { field: ['host.id'], value: 1 } }),
    madeRule({ type: 'query', query: 'process.name:file', ...own }),
    { ...(await shippedRule(NEW_CHILD)).rule, timestampOverride: 'event.ingested', isOverrideRequired: true as const },
  ];
  const ingested = { 'event.ingested': formatInstant(START + HOUR) };
  for (const { open } of Object.values(ENGINES)) {
    const events = await open(ECS_PROCESS);
    await store(events, [
      childEvent('without', formatInstant(START)),
      childEvent('with', formatInstant(START), { ...ingested, 'process.command_line': 'file other' }),
    ]);
    for (const rule of rules) {
      const { drafts } = await replayRule(events, compiled(rule));
      expect(
        drafts.flatMap((draft) => draft.events),
        rule.type,
      ).toEqual(['with']);
    }
    await events.close();
  }
});

const OF_HOSTS = {
  from: 'now-6m',
  interval: '5m',
  query: 'process.name:file',
  threshold: { field: ['host.id'], value: 2 },
};
