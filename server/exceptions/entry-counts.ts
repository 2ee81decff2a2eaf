import type { TimeRange } from '#server/rules/ticks.ts';
import type { EventStore, RunOptions } from '#server/store/event-store.ts';
import type { ReplayedAlerts } from '#server/tuning/replayed-alerts.ts';
import { compileException, type ItemContext } from '#shared/exceptions/compile.ts';
import type { AnyEntry } from '#shared/exceptions/item.ts';
import { aggregate } from '#shared/plan/build.ts';
import { allOf, anyOf, type Expression } from '#shared/plan/expression.ts';
import { EVENT_COLUMN } from '#shared/plan/plan.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { eventTime, withinRuns } from '#shared/rule/schedule.ts';

export interface EntryCounts {
  /** Events that the rule matches in the range. */
  readonly ruleEvents: number;
  /** Of these, those that all entries hold for. */
  readonly matchedEvents: number;
  readonly entries: readonly { readonly events: number | null; readonly alerts: number | null }[];
}

/** Of an entry that holds for more events, alerts are not counted: it takes as long as it says nothing. */
const MOST_EVENTS = 5_000;

/** How many of a rule's matches, and of its alerts, each entry holds for by itself; on source events. */
export async function countEntries(
  store: EventStore,
  compiled: CompiledRule,
  draft: ItemContext & { readonly entries: readonly AnyEntry[] },
  range: TimeRange,
  alerts: ReplayedAlerts,
  options: RunOptions,
): Promise<EntryCounts> {
  const single = draft.entries.map((entry) => expressionOf(store, [entry], draft));
  const whole = expressionOf(store, draft.entries, draft);
  const time = withinRuns(
    eventTime(compiled.rule, store.catalogue),
    { first: range.from, last: range.to, interval: compiled.rule.interval },
    0,
  );
  const matches = { kind: 'filter', where: allOf([compiled.filter, time]) } as const;
  const counted = {
    kind: 'aggregate',
    aggregates: [
      aggregate('all', 'count'),
      aggregate('whole', 'count', null, whole),
      ...single.map((where, index) => aggregate(`e${index}`, 'count', null, where)),
    ],
    keys: [],
  } as const;
  const { rows } = await store.run({ steps: [matches, counted] }, options);
  const count = (name: string): number => Number(rows[0]?.[name] ?? 0);
  const events = single.map((_, index) => count(`e${index}`));
  const few = single.flatMap((where, index) => ((events[index] ?? 0) <= MOST_EVENTS ? [{ where, index }] : []));
  const held = await alertsHeld(store, allOf([compiled.filter, time]), few, alerts, options);
  return {
    ruleEvents: count('all'),
    matchedEvents: count('whole'),
    entries: events.map((some, index) => ({ events: some, alerts: held.get(index) ?? null })),
  };
}

function expressionOf(store: EventStore, entries: readonly AnyEntry[], context: ItemContext): Expression {
  const compiled = compileException(entries, store.catalogue, context);
  return compiled.ok ? compiled.value : { kind: 'literal', type: 'boolean', value: false };
}

/** By the entry's number: alerts with an event that it holds for. */
async function alertsHeld(
  store: EventStore,
  matches: Expression,
  entries: readonly { readonly where: Expression; readonly index: number }[],
  alerts: ReplayedAlerts,
  options: RunOptions,
): Promise<ReadonlyMap<number, number>> {
  if (entries.length === 0) return new Map();
  const flag = (index: number): string => `$holds${index}`;
  const { rows } = await store.run(
    {
      steps: [
        { kind: 'filter', where: allOf([matches, anyOf(entries.map(({ where }) => where))]) },
        { kind: 'derive', columns: entries.map(({ where, index }) => ({ name: flag(index), value: where })) },
        { kind: 'keep', columns: ['event.id'] },
      ],
    },
    options,
  );
  const nameless = rows.filter((row) => typeof row['event.id'] !== 'string').map((row) => Number(row[EVENT_COLUMN]));
  const documents = nameless.length > 0 ? await store.documents(nameless) : [];
  const digests = new Map(documents.map(({ number, id }) => [number, id]));
  const alertsOf = new Map<string, Set<string>>();
  for (const [keys, { events }] of alerts) {
    for (const event of events) alertsOf.set(event, (alertsOf.get(event) ?? new Set()).add(keys));
  }
  const held = new Map(entries.map(({ index }) => [index, new Set<string>()]));
  for (const row of rows) {
    const id = row['event.id'];
    const known = typeof id === 'string' ? id : digests.get(Number(row[EVENT_COLUMN]));
    for (const keys of alertsOf.get(known ?? '') ?? []) {
      for (const { index } of entries) if (row[flag(index)] === true) held.get(index)?.add(keys);
    }
  }
  return new Map([...held].map(([index, some]) => [index, some.size]));
}
