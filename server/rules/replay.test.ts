import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldDrafts } from '#server/alerts/fold.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { DAY, formatInstant, HOUR, type Instant, MINUTE } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { CompiledRule } from '#shared/rule/compile.ts';
import { fieldsForRules } from './fields.ts';
import { replayRule } from './replay.ts';
import { runRule } from './run.ts';
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

const ENGINES: Readonly<Record<string, { open: (catalogue: FieldCatalogue) => Promise<EventStore>; runs: number }>> = {
  reference: { open: async (catalogue) => openReferenceStore({ catalogue }), runs: 30 },
  duckdb: { open: (catalogue) => openDuckdbStore({ path: ':memory:', catalogue, keepText: false }), runs: 3 },
};

/** One run after the other, as a scheduler makes them. */
async function runByRun(events: EventStore, rule: CompiledRule, from: Instant, to: Instant): Promise<AlertDraft[]> {
  const drafts: AlertDraft[] = [];
  const { interval } = rule.rule;
  for (let tick = Math.ceil(from / interval) * interval; ; tick += interval) {
    // Most runs of a week see nothing: only those that see an event tell replay and schedule apart.
    drafts.push(...(await runRule(events, rule, runAt(tick, interval))).drafts);
    if (tick >= to) return drafts;
  }
}

describe.each(Object.entries(ENGINES))('%s', (_, { open, runs }) => {
  test.each(Object.entries(RULES))(
    'a replay of %s is its schedule, run by run',
    async (slug, documents) => {
      const { rule: shipped } = await shippedRule(slug);
      // A week in fewer runs: windows and intervals grow together, the history stays.
      const rule = compiled(slug === NEW_CHILD ? { ...shipped, interval: 5 * HOUR, window: 9 * HOUR } : shipped);
      const property = fc.asyncProperty(documents, async (found) => {
        const events = await open(fieldsForRules([rule], ECS_PROCESS));
        try {
          await store(events, found);
          const { window } = await events.statistics();
          const replay = await replayRule(events, rule);
          const simulated = await runByRun(events, rule, window?.from ?? 0, window?.to ?? 0);
          expect(replay.drafts).toEqual(simulated);
          expect(foldDrafts(rule.rule.type, replay.drafts)).toEqual(foldDrafts(rule.rule.type, simulated));
        } finally {
          await events.close();
        }
      });
      await fc.assert(property, { numRuns: runs });
    },
    240_000,
  );
});

test('nothing stored, nothing to replay', async () => {
  const rule = compiled((await shippedRule(RARE_COMMAND)).rule);
  const replay = await replayRule(openReferenceStore({ catalogue: ECS_PROCESS }), rule);
  expect(replay).toMatchObject({ ticks: null, drafts: [] });
});
