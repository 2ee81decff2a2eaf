import type { TimeRange } from '#server/rules/ticks.ts';
import type { EventNumber, EventStore, RunOptions } from '#server/store/event-store.ts';
import type { ReplayedAlerts } from '#server/tuning/replayed-alert.ts';
import { compileException, type ItemContext } from '#shared/exceptions/compile.ts';
import type { AnyEntry } from '#shared/exceptions/item.ts';
import type { HeldEntry } from '#shared/exceptions/lint/lint-effect.ts';
import { aggregate } from '#shared/plan/build.ts';
import { allOf, anyOf, type Expression } from '#shared/plan/expression.ts';
import { EVENT_COLUMN, type Step } from '#shared/plan/plan.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { STORED_TIME, withinRuns } from '#shared/rule/schedule.ts';
import type { EntryCounts } from './entry-counts.ts';

/** Of an entry that holds for more events, alerts are not counted: it takes as long as it says nothing. */
const MOST_EVENTS = 5_000;

/** What a draft's entries hold for among the matches of a rule in a range, each by itself and all together. */
export interface HeldEvents {
  readonly ruleEvents: number;
  readonly matchedEvents: number;
  /** By entry. */
  readonly events: readonly number[];
  /** What the matches are, and what each entry asks of them. */
  readonly matches: Expression;
  readonly single: readonly Expression[];
}

type Draft = ItemContext & { readonly entries: readonly AnyEntry[] };

/** On source events. */
export async function heldEvents(
  store: EventStore,
  compiled: CompiledRule,
  draft: Draft,
  range: TimeRange,
  options: RunOptions,
): Promise<HeldEvents> {
  const single = draft.entries.map((entry) => expressionOf(store, [entry], draft));
  const whole = expressionOf(store, draft.entries, draft);
  const time = withinRuns(STORED_TIME, { first: range.from, last: range.to, interval: compiled.rule.interval }, 0);
  const matches = allOf([compiled.filter, time]);
  const counted = {
    kind: 'aggregate',
    aggregates: [
      aggregate('all', 'count'),
      aggregate('whole', 'count', null, whole),
      ...single.map((where, index) => aggregate(`e${index}`, 'count', null, where)),
    ],
    keys: [],
  } as const;
  const { rows } = await store.run({ steps: [{ kind: 'filter', where: matches }, counted] }, options);
  const count = (name: string): number => Number(rows[0]?.[name] ?? 0);
  const events = single.map((_, index) => count(`e${index}`));
  return { ruleEvents: count('all'), matchedEvents: count('whole'), events, matches, single };
}

/** The same with the alerts that have such an event, and a word on entries that hold for nothing. */
export async function countEntries(
  store: EventStore,
  { ruleEvents, matchedEvents, events, matches, single }: HeldEvents,
  draft: Draft,
  alerts: ReplayedAlerts,
  options: RunOptions,
): Promise<EntryCounts> {
  const few = single.flatMap((where, index) => ((events[index] ?? 0) <= MOST_EVENTS ? [{ where, index }] : []));
  const idle = draft.entries.flatMap((entry, index) => (events[index] === 0 ? [{ entry, index }] : []));
  const [held, otherwise] = await Promise.all([
    alertsHeld(store, matches, few, alerts, options),
    lookOtherwise(store, matches, idle, draft, options),
  ]);
  return {
    ruleEvents,
    matchedEvents,
    entries: events.map((some, index) => {
      const other = otherwise.get(index);
      return { events: some, alerts: held.get(index) ?? null, ...(other && { otherwise: other }) };
    }),
  };
}

/** Of entries that hold for nothing: how many matches have their field, and would meet them in any letter case. */
async function lookOtherwise(
  store: EventStore,
  matches: Expression,
  idle: readonly { readonly entry: AnyEntry; readonly index: number }[],
  context: ItemContext,
  options: RunOptions,
): Promise<ReadonlyMap<number, NonNullable<HeldEntry['otherwise']>>> {
  if (idle.length === 0) return new Map();
  const columns = idle.flatMap(({ entry, index }) => {
    const { field } = entry;
    const present = expressionOf(store, [{ type: 'exists', field, operator: 'included' }], context);
    const caseless = store.catalogue.find(field)?.caseless && entry.type !== 'nested' && entry.operator === 'included';
    const alike = caseless ? expressionOf(store, [{ ...entry, field: `${field}.caseless` }], context) : NEVER;
    return [aggregate(`p${index}`, 'count', null, present), aggregate(`c${index}`, 'count', null, alike)];
  });
  const steps: Step[] = [
    { kind: 'filter', where: matches },
    { kind: 'aggregate', aggregates: columns, keys: [] },
  ];
  const { rows } = await store.run({ steps }, options);
  const count = (name: string): number => Number(rows[0]?.[name] ?? 0);
  return new Map(idle.map(({ index }) => [index, { present: count(`p${index}`), caseless: count(`c${index}`) }]));
}

function expressionOf(store: EventStore, entries: readonly AnyEntry[], context: ItemContext): Expression {
  const compiled = compileException(entries, store.catalogue, context);
  return compiled.ok ? compiled.value : NEVER;
}

const NEVER: Expression = { kind: 'literal', type: 'boolean', value: false };

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
        { kind: 'keep', columns: [] },
      ],
    },
    options,
  );
  const alertsOf = new Map<EventNumber, Set<string>>();
  for (const [keys, { events }] of alerts) {
    for (const event of events) alertsOf.set(event, (alertsOf.get(event) ?? new Set()).add(keys));
  }
  const held = new Map(entries.map(({ index }) => [index, new Set<string>()]));
  for (const row of rows) {
    for (const keys of alertsOf.get(Number(row[EVENT_COLUMN])) ?? []) {
      for (const { index } of entries) if (row[flag(index)] === true) held.get(index)?.add(keys);
    }
  }
  return new Map([...held].map(([index, some]) => [index, some.size]));
}
