import type { EventNumber } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { must } from '#shared/base/assert.ts';
import { compareScalars } from '#shared/base/order.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import { EVENTS_COLUMN, FIRST_COLUMN, isHidden, LAST_COLUMN, TICK_COLUMN } from '#shared/plan/plan.ts';
import { cellOf, type Row, type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { EventFacts } from './event-facts.ts';

export interface DraftContext {
  readonly compiled: CompiledRule;
  readonly facts: ReadonlyMap<EventNumber, EventFacts>;
  /** Time of the first event in the store; null where it is empty, or where the rule has no history. */
  readonly dataFrom: Instant | null;
  /** Columns of the row that hold times. */
  readonly times: ReadonlySet<string>;
}

/** A row of a rule as an alert to be: with the events behind it and what they say of the process. */
export function draftOf(row: Row, { compiled, facts, dataFrom, times }: DraftContext): AlertDraft {
  const { rule } = compiled;
  const readable = readableRow(row, times);
  const events = eventsOf(row, facts);
  const tick = Number(row[TICK_COLUMN]);
  const firstSeen = Number(row[FIRST_COLUMN]);
  return {
    rule: rule.slug,
    keys: keysOf(compiled, readable, events),
    columns: columnsOf(compiled, readable),
    events: events.map(({ id }) => id),
    firstSeen,
    lastSeen: Number(row[LAST_COLUMN]),
    tick,
    window: { from: tick - rule.window, to: tick },
    occurrence: compiled.aggregating && !rule.newTerms ? tick : firstSeen,
    historyCovered: rule.newTerms && historyCovered(tick - rule.newTerms.history, tick - rule.window, dataFrom),
    subject: subjectOf(events),
  };
}

/** Times of the query's own columns as text: outside of a plan nobody could tell them from numbers. */
const readableRow = (row: Row, times: ReadonlySet<string>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      times.has(name) && !isHidden(name) ? cellOf(valuesOf(value).map((time) => formatInstant(Number(time)))) : value,
    ]),
  );

/** By time, then id. */
const eventsOf = (row: Row, facts: ReadonlyMap<EventNumber, EventFacts>): readonly EventFacts[] =>
  valuesOf(row[EVENTS_COLUMN])
    .map((number) => must(facts.get(Number(number)), `facts of event ${number}`))
    .sort((left, right) => left.time - right.time || compareScalars(left.id, right.id));

function keysOf({ aggregating, keys }: CompiledRule, row: Row, events: readonly EventFacts[]): AlertDraft['keys'] {
  if (!aggregating) return { 'event.id': events[0]?.id ?? null };
  return Object.fromEntries(keys.map((key) => [key, row[key] ?? null]));
}

const columnsOf = ({ lists }: CompiledRule, row: Row): AlertDraft['columns'] =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !isHidden(name))
      .map(([name, value]): [string, Value] => [name, lists.has(name) ? sorted(valuesOf(value)) : value]),
  );

const sorted = (values: readonly Scalar[]): readonly Scalar[] => values.toSorted(compareScalars);

/** How much of the time before the window, back to the start of the history, the data reaches. */
function historyCovered(from: Instant, to: Instant, dataFrom: Instant | null): number {
  if (dataFrom === null || dataFrom >= to) return 0;
  return Math.min(1, (to - dataFrom) / (to - from));
}

function subjectOf(events: readonly EventFacts[]): AlertDraft['subject'] {
  const first = (field: string): string | null => {
    const [value] = events[0]?.values.get(field) ?? [];
    return value === undefined ? null : String(value);
  };
  return {
    commandLine: first('process.command_line'),
    processName: first('process.name'),
    executable: first('process.executable'),
    workingDirectory: first('process.working_directory'),
    parentName: first('process.parent.name'),
    parentExecutable: first('process.parent.executable'),
    hosts: allOf(events, 'host.name', 'host.id'),
    users: allOf(events, 'user.name', 'user.id'),
  };
}

/** All values of a field, or of the other where an event lacks it: each once, sorted. */
function allOf(events: readonly EventFacts[], field: string, otherwise: string): readonly string[] {
  const values = events.flatMap((event) => {
    const own = event.values.get(field) ?? [];
    return own.length > 0 ? own : (event.values.get(otherwise) ?? []);
  });
  return [...new Set(values.map(String))].sort(compareScalars);
}
