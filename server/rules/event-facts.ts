import type { EventNumber, EventStore, RunOptions } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import { eventsNumbered } from '#shared/plan/build.ts';
import { EVENT_COLUMN, type Plan } from '#shared/plan/plan.ts';
import { type Row, type Scalar, valuesOf } from '#shared/plan/value.ts';

/** What an alert keeps of one of its events. */
export interface EventFacts {
  /** The event's public id. */
  readonly id: string;
  readonly time: Instant;
  /** Values by field, for the fields asked for. */
  readonly values: ReadonlyMap<string, readonly Scalar[]>;
}

export const SUBJECT_FIELDS = [
  'process.command_line',
  'process.name',
  'process.executable',
  'process.working_directory',
  'process.parent.name',
  'process.parent.executable',
  'host.name',
  'host.id',
  'user.name',
  'user.id',
] as const;

const NAMING_FIELDS = ['@timestamp', 'event.id'] as const;

/** All that is asked of an event. */
export const FACT_FIELDS = [...NAMING_FIELDS, ...SUBJECT_FIELDS] as const;

/** Numbers a single question may name: enough to be few questions, not so many that one becomes a burden. */
const AT_ONCE = 5_000;

export interface FactOptions extends RunOptions {
  /** `SUBJECT_FIELDS` if absent: of others there are no values. */
  readonly fields?: readonly string[];
}

/** Facts of these events, by number. */
export async function loadEventFacts(
  store: EventStore,
  numbers: Iterable<EventNumber>,
  options: FactOptions,
): Promise<ReadonlyMap<EventNumber, EventFacts>> {
  const wanted = [...new Set(numbers)].sort((left, right) => left - right);
  const facts = new Map<EventNumber, EventFacts>();
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    await loadBatch(store, wanted.slice(at, at + AT_ONCE), options, facts);
  }
  return facts;
}

async function loadBatch(
  store: EventStore,
  numbers: readonly EventNumber[],
  { fields = SUBJECT_FIELDS, ...options }: FactOptions,
  facts: Map<EventNumber, EventFacts>,
): Promise<void> {
  const { rows } = await store.run(factsPlan(store, numbers, fields), options);
  const withoutId: { readonly number: EventNumber; readonly row: Row }[] = [];
  for (const row of rows) {
    const number = Number(row[EVENT_COLUMN]);
    const id = row['event.id'];
    if (typeof id === 'string') facts.set(number, factsOf(row, id, fields));
    else withoutId.push({ number, row });
  }
  if (withoutId.length === 0) return;
  // Only the store knows its digest, or which of several ids came first.
  const ids = await store.idsOf(withoutId.map(({ number }) => number));
  for (const { number, row } of withoutId) facts.set(number, factsOf(row, ids.get(number) ?? String(number), fields));
}

const factsPlan = (store: EventStore, numbers: readonly EventNumber[], fields: readonly string[]): Plan => ({
  steps: [
    { kind: 'filter', where: eventsNumbered(numbers) },
    { kind: 'keep', columns: [...NAMING_FIELDS, ...fields].filter((field) => store.catalogue.find(field)) },
  ],
});

const factsOf = (row: Row, id: string, fields: readonly string[]): EventFacts => ({
  id,
  time: Number(row['@timestamp']),
  values: new Map(fields.map((field) => [field, valuesOf(row[field])])),
});
