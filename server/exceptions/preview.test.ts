import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysId, occurrenceId } from '#server/alerts/identity.ts';
import { ruleBookOf } from '#server/alerts/rule-book.ts';
import { loadRules } from '#server/rules/load.ts';
import { runRule } from '#server/rules/run.ts';
import { childEvent, NEW_CHILD, RARE_COMMAND, shellEvent, store as storeEvents } from '#server/rules/testing/rules.ts';
import { replayTicks } from '#server/rules/ticks.ts';
import { openState } from '#server/state/open-state.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { compared } from '#server/tuning/difference.ts';
import { replayedAlerts } from '#server/tuning/replayed-alerts.ts';
import { must } from '#shared/base/assert.ts';
import { formatInstant, HOUR, MINUTE } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { type AnyEntry, exceptionDraftSchema } from '#shared/exceptions/item.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import { previewDraft } from './preview.ts';

const START = Date.UTC(2026, 2, 8, 10);
const command = fc.constantFrom('id', 'sh -c id', 'sh -c "ls -l"');
const event = fc.record({
  minute: fc.integer({ min: 0, max: 90 }),
  agent: fc.constantFrom('a1', 'a2'),
  command,
  user: fc.constantFrom('33', '1000'),
  child: fc.boolean(),
});
const operator = fc.constantFrom('included' as const, 'excluded' as const);
const entry: fc.Arbitrary<AnyEntry> = fc.oneof(
  fc.record({
    type: fc.constant('match' as const),
    field: fc.constant('agent.id'),
    operator,
    value: fc.constantFrom('a1', 'a2'),
  }),
  fc.record({
    type: fc.constant('match' as const),
    field: fc.constant('process.command_line'),
    operator,
    value: command,
  }),
  fc.record({
    type: fc.constant('wildcard' as const),
    field: fc.constant('process.command_line'),
    operator,
    value: fc.constantFrom('sh*', '*id'),
  }),
  fc.record({
    type: fc.constant('list' as const),
    field: fc.constant('user.id'),
    operator,
    list: fc.constant({ id: 'users', type: 'keyword' as const }),
  }),
);
const lists = new Map([['users', ['33']]]);

type Sample = { minute: number; agent: string; command: string; user: string; child: boolean };

const documentOf = ({ minute, agent, command: line, user, child }: Sample, index: number): object =>
  (child ? childEvent : shellEvent)(`e${index}`, formatInstant(START + minute * MINUTE), {
    'agent.id': agent,
    'host.id': agent,
    'user.id': user,
    'process.command_line': line,
  });

const { rules } = await loadRules('rules');
const book = ruleBookOf({ rules, broken: [] }, ECS_PROCESS);
const range = { from: START, to: START + 2 * HOUR };
const signal = new AbortController().signal;

/** Run after run by itself, with every occurrence and event of what it finds. */
async function runByRun(
  store: ReturnType<typeof openReferenceStore>,
  slug: string,
  exceptions: readonly RuleException[],
) {
  const { rule } = book.get(slug);
  const compiled = compileRule(rule, ECS_PROCESS, exceptions);
  const alerts = new Map<string, { occurrences: Set<string>; events: Set<string> }>();
  const { first, last, interval } = replayTicks(range, rule.interval);
  for (let tick = first; tick <= last; tick += interval) {
    const { drafts } = await runRule(store, must(compiled.ok ? compiled.value : null, slug), {
      first: tick,
      last: tick,
      interval,
    });
    for (const draft of drafts) {
      const one = alerts.get(keysId(draft)) ?? { occurrences: new Set(), events: new Set() };
      alerts.set(keysId(draft), one);
      // The same occurrence in a later run says nothing new.
      if (one.occurrences.has(occurrenceId(draft))) continue;
      one.occurrences.add(occurrenceId(draft));
      for (const id of draft.events) one.events.add(id);
    }
  }
  return alerts;
}

const plain = (alerts: ReadonlyMap<string, { occurrences: ReadonlySet<string>; events: ReadonlySet<string> }>) =>
  [...alerts]
    .map(([keys, { occurrences, events }]) => [keys, [...occurrences].sort(), [...events].sort()])
    .sort((left, right) => (String(left[0]) < String(right[0]) ? -1 : 1));

test.each([RARE_COMMAND, NEW_CHILD])('a preview of %s is the difference of two histories, run by run', async (slug) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 12 }),
      fc.array(entry, { minLength: 1, maxLength: 2 }),
      async (samples, entries) => {
        const store = openReferenceStore({ catalogue: ECS_PROCESS });
        await storeEvents(store, samples.map(documentOf));
        const { rule } = book.get(slug);
        const exception: RuleException = { name: 'x', stage: 'event', entries, lists };
        const before = await runByRun(store, slug, []);
        const after = await runByRun(store, slug, [exception]);
        const without = await replayedAlerts({ store, rule, exceptions: [], range, signal });
        const withDraft = await replayedAlerts({ store, rule, exceptions: [exception], range, signal });
        expect(plain(without)).toEqual(plain(before));
        expect(plain(withDraft)).toEqual(plain(after));
        const { removed, created, kept } = compared(without, withDraft, rule.newTerms !== null);
        expect(removed.map(([keys]) => keys).sort()).toEqual(
          [...before.keys()].filter((keys) => !after.has(keys)).sort(),
        );
        expect(created.map(([keys]) => keys).sort()).toEqual(
          [...after.keys()].filter((keys) => !before.has(keys)).sort(),
        );
        expect(removed.length + kept.length).toBe(before.size);
        await store.close();
      },
    ),
    { numRuns: 12 },
  );
});

test('an exception changes nothing outside its rules, and tells what it creates', async () => {
  const store = openReferenceStore({ catalogue: ECS_PROCESS });
  const state = await openState(':memory:');
  // Two hosts run it, so it is no rarity; without the first it is.
  const at = formatInstant(START + MINUTE);
  await storeEvents(store, [
    shellEvent('e1', at, { 'agent.id': 'a1', 'host.id': 'h1' }),
    shellEvent('e2', at, { 'agent.id': 'a2', 'host.id': 'h2' }),
  ]);
  const draft = exceptionDraftSchema.parse({
    ...{
      rule: RARE_COMMAND,
      name: 'one host',
      reason: 'its own',
      stage: 'event',
      enabled: true,
      expiresAt: null,
      origin: null,
    },
    entries: [{ type: 'match', field: 'agent.id', operator: 'included', value: 'a1' }],
  });
  const context = {
    state,
    store,
    rules: book,
    now: START,
    signal,
    openEmpty: () => openReferenceStore({ catalogue: ECS_PROCESS }),
  };
  const preview = await previewDraft(context, { draft, replaces: undefined, range });
  expect(preview).toMatchObject({ removed: 0, created: 1, matchedEvents: 1, ruleEvents: 2 });
  expect(preview.entries).toEqual([{ events: 1, alerts: 0 }]);
  expect(preview.diagnostics.map(({ code }) => code)).toContain('changes-counts');
  expect(preview.rules).toEqual([RARE_COMMAND]);
  await state.destroy();
  await store.close();
});
