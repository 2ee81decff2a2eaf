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
  /** Columns of the row's own that hold times. */
  readonly times: ReadonlySet<string>;
}

/** What a row says by itself, whatever its events are. */
export type Finding = Pick<AlertDraft, 'rule' | 'keys' | 'columns' | 'firstSeen' | 'lastSeen' | 'occurrence'>;

/** `event` is the id of its first event: what the row is known by where it is no group. */
export function findingOf(
  row: Row,
  compiled: CompiledRule,
  { event, times }: Pick<DraftContext, 'times'> & { readonly event: string | null },
): Finding {
  const readable = readableRow(row, times);
  const firstSeen = Number(row[FIRST_COLUMN]);
  return {
    rule: compiled.rule.slug,
    keys: keysOf(compiled, readable, event),
    columns: columnsOf(compiled, readable),
    firstSeen,
    lastSeen: Number(row[LAST_COLUMN]),
    occurrence: compiled.aggregating && !compiled.rule.newTerms ? Number(row[TICK_COLUMN]) : firstSeen,
  };
}

/** A row of a rule as an alert to be: with the events behind it and what they say of the process. */
export function draftOf(row: Row, { compiled, facts, dataFrom, times }: DraftContext): AlertDraft {
  const { rule } = compiled;
  const events = inOrder(valuesOf(row[EVENTS_COLUMN]).map(Number), facts);
  const tick = Number(row[TICK_COLUMN]);
  return {
    ...findingOf(row, compiled, { event: events[0]?.id ?? null, times }),
    events: events.map(({ id }) => id),
    tick,
    window: { from: tick - rule.window, to: tick },
    historyCovered: rule.newTerms && historyCovered(tick - rule.newTerms.history, tick - rule.window, dataFrom),
    subject: subjectOf(events),
  };
}

/** Times of the query's own columns as text: outside of a plan nobody could tell them from numbers. */
function readableRow(row: Row, times: ReadonlySet<string>): Row {
  if (times.size === 0) return row;
  const readable = [...times].map((name): [string, Value] => [
    name,
    cellOf(valuesOf(row[name]).map((time) => formatInstant(Number(time)))),
  ]);
  return { ...row, ...Object.fromEntries(readable) };
}

/** By time, then id. */
export const inOrder = (
  events: readonly EventNumber[],
  facts: ReadonlyMap<EventNumber, EventFacts>,
): readonly EventFacts[] =>
  events
    .map((number) => must(facts.get(number), `facts of event ${number}`))
    .sort((left, right) => left.time - right.time || compareScalars(left.id, right.id));

function keysOf({ aggregating, keys }: CompiledRule, row: Row, event: string | null): AlertDraft['keys'] {
  if (!aggregating) return { 'event.id': event };
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

/** What events, in order, say of the process. */
export const subjectOf = (events: readonly EventFacts[]): AlertDraft['subject'] =>
  events.some(({ values }) => values.size > 0) ? said(events) : NOTHING_SAID;

function said(events: readonly EventFacts[]): AlertDraft['subject'] {
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

/** Where no field was asked for. */
const NOTHING_SAID = said([]);
