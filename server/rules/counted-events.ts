import type { EventNumber, EventStore, RunOptions } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import { eventsNumbered } from '#shared/plan/build.ts';
import { EVENT_COLUMN, type Plan } from '#shared/plan/plan.ts';
import { type Row, type Scalar, valuesOf } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';

/** What counting an event again needs. */
export interface CountedEvent {
  /** Its time to the rule. */
  readonly at: Instant;
  readonly timestamp: Instant;
  /** Values of the field whose distinct values count; none where nothing of the kind is asked. */
  readonly values: readonly Scalar[];
}

/** Events a single question may name. */
const AT_ONCE = 5_000;
const TIME_COLUMN = '$at';

export async function loadCountedEvents(
  store: EventStore,
  rule: CompiledRule,
  numbers: Iterable<EventNumber>,
  options: RunOptions,
): Promise<ReadonlyMap<EventNumber, CountedEvent>> {
  const wanted = [...new Set(numbers)].sort((left, right) => left - right);
  const events = new Map<EventNumber, CountedEvent>();
  const counted = rule.threshold?.counted?.name;
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const { rows } = await store.run(eventsPlan(rule, wanted.slice(at, at + AT_ONCE)), options);
    for (const row of rows) events.set(Number(row[EVENT_COLUMN]), countedEvent(row, counted));
  }
  return events;
}

function eventsPlan({ time, threshold }: CompiledRule, numbers: readonly EventNumber[]): Plan {
  const counted = threshold?.counted ? [threshold.counted.name] : [];
  return {
    steps: [
      { kind: 'filter', where: eventsNumbered(numbers) },
      { kind: 'derive', columns: [{ name: TIME_COLUMN, value: time }] },
      { kind: 'keep', columns: [...new Set(['@timestamp', ...counted])] },
    ],
  };
}

const countedEvent = (row: Row, counted: string | undefined): CountedEvent => ({
  at: Number(row[TIME_COLUMN]),
  timestamp: Number(row['@timestamp']),
  values: counted === undefined ? [] : valuesOf(row[counted]),
});
