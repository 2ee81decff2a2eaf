import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { ruleBookOf } from '#server/alerts/rule-book.ts';
import { keysId } from '#server/rules/identity.ts';
import { loadRules } from '#server/rules/load.ts';
import { runRule } from '#server/rules/run.ts';
import { childEvent, shellEvent } from '#server/rules/testing/rules.ts';
import { replayTicks } from '#server/rules/ticks.ts';
import type { EventNumber, EventStore } from '#server/store/event-store.ts';
import type { ReplayedAlert } from '#server/tuning/replayed-alert.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { must } from '#shared/base/assert.ts';
import { formatInstant, HOUR, type Instant, MINUTE } from '#shared/base/time.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileResultException } from '#shared/exceptions/compile.ts';
import type { AnyEntry } from '#shared/exceptions/item.ts';
import { columnsAfter, sourceColumns } from '#shared/plan/columns.ts';
import { valuesByColumn } from '#shared/plan/value.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';

export const START = Date.UTC(2026, 2, 8, 10);
const command = fc.constantFrom('id', 'sh -c id', 'sh -c "ls -l"');
export const event = fc.record({
  minute: fc.integer({ min: 0, max: 90 }),
  agent: fc.constantFrom('a1', 'a2'),
  command,
  user: fc.constantFrom('33', '1000'),
  child: fc.boolean(),
});
const operator = fc.constantFrom('included' as const, 'excluded' as const);
export const entry: fc.Arbitrary<AnyEntry> = fc.oneof(
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
export const lists = new Map([['users', ['33']]]);

export type Sample = { minute: number; agent: string; command: string; user: string; child: boolean };

export const documentOf = ({ minute, agent, command: line, user, child }: Sample, index: number): object =>
  (child ? childEvent : shellEvent)(`e${index}`, formatInstant(START + minute * MINUTE), {
    'agent.id': agent,
    'host.id': agent,
    'user.id': user,
    'process.command_line': line,
  });

const { rules } = await loadRules(fileURLToPath(new URL('../../../rules', import.meta.url)));
export const book = ruleBookOf({ rules, broken: [] }, { catalogue: ECS_PROCESS });
export const range = { from: START, to: START + 2 * HOUR };
export const signal: AbortSignal = new AbortController().signal;

interface Found {
  readonly occurrences: Set<Instant>;
  readonly events: Set<EventNumber>;
}

/** Run after run by itself, with every occurrence and event of what it finds. */
export async function runByRun(
  store: EventStore,
  slug: string,
  exceptions: readonly RuleException[],
  isLeft: (draft: AlertDraft) => boolean = () => true,
): Promise<ReadonlyMap<string, Found>> {
  const compiled = compiledWith(slug, exceptions);
  const alerts = new Map<string, Found>();
  const { first, last, interval } = replayTicks(range, compiled.rule.interval);
  for (let tick = first; tick <= last; tick += interval) {
    const { drafts } = await runRule(store, compiled, { first: tick, last: tick, interval });
    for (const draft of drafts.filter(isLeft)) {
      const one = alerts.get(keysId(draft)) ?? { occurrences: new Set(), events: new Set() };
      alerts.set(keysId(draft), one);
      // The same occurrence in a later run says nothing new.
      if (one.occurrences.has(draft.occurrence)) continue;
      one.occurrences.add(draft.occurrence);
      for (const number of (await store.numbersOf(draft.events)).values()) one.events.add(number);
    }
  }
  return alerts;
}

/** Runs without exceptions, of whose rows those stay that the reference evaluator says no item on results holds for. */
export function rowsLeft(store: EventStore, slug: string, entries: readonly AnyEntry[]) {
  const compiled = compiledWith(slug, []);
  const { steps } = compiled.plan({ first: 0, last: 0, interval: compiled.rule.interval });
  const columns = columnsAfter(steps, sourceColumns(ECS_PROCESS));
  const item = compileResultException(entries, columns, { lists });
  const holds = must(item.ok ? item.value : null, 'item on results');
  return runByRun(store, slug, [], (row) => evaluateFilter(holds, valuesByColumn(row.columns), 0) !== true);
}

function compiledWith(slug: string, exceptions: readonly RuleException[]) {
  const compiled = compileRule(book.get(slug).rule, ECS_PROCESS, exceptions);
  return must(compiled.ok ? compiled.value : null, slug);
}

export const plain = (alerts: ReadonlyMap<string, Pick<ReplayedAlert, 'occurrences' | 'events'>>) =>
  [...alerts]
    .map(([keys, { occurrences, events }]) => [keys, [...occurrences].sort(), [...events].sort()])
    .sort((left, right) => (String(left[0]) < String(right[0]) ? -1 : 1));
