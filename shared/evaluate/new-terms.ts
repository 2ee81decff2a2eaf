import { compareLists, compareScalars, sortedSet } from '#shared/base/order.ts';
import type { Instant } from '#shared/base/time.ts';
import { EVENT_COLUMN, EVENTS_COLUMN, FIRST_COLUMN, LAST_COLUMN, type Step, TICK_COLUMN } from '#shared/plan/plan.ts';
import { cellOf, type Scalar, valuesOf } from '#shared/plan/value.ts';
import { type Cells, cell, combinations, keyOf } from './cells.ts';
import type { Scope } from './expression.ts';
import { isBetween, ticksOf, timedRows } from './ticks.ts';

type NewTermsStep = Step & { readonly kind: 'new-terms' };

/** A combination of the fields' values in one event. */
interface Sighting {
  readonly terms: readonly Scalar[];
  readonly key: string;
  readonly time: Instant;
  readonly events: readonly Scalar[];
}

/** A combination that a run reports, with its sightings in the run's window. */
interface NewTerm {
  readonly terms: readonly Scalar[];
  readonly tick: Instant;
  readonly first: Instant;
  readonly last: Instant;
  readonly events: readonly Scalar[];
}

/**
 * The new-terms executor, run by run (elastic/kibana `rule_types/new_terms`; SEMANTICS §5.2): candidates are combinations
 * with an event in the window; new are those whose first event since the start of history is strictly later than the start
 * of the window, so that one first seen exactly there is not.
 */
export function findNewTerms(
  step: NewTermsStep,
  rows: readonly Cells[],
  scope: Scope,
  nextRow: () => void,
): readonly Cells[] {
  const sightings = timedRows(rows, step.time, scope, nextRow).flatMap(({ row, time }) => sightingsIn(step, row, time));
  return ticksOf(step.ticks)
    .flatMap((tick) => newAt(step, tick, sightings))
    .map((found) => rowOf(step, found));
}

/** None where a field is missing; several values give all combinations. */
function sightingsIn({ fields }: NewTermsStep, row: Cells, time: Instant): readonly Sighting[] {
  const values = fields.map((field) => sortedSet(valuesOf(cell(row, field))));
  const events = valuesOf(cell(row, EVENT_COLUMN));
  return combinations(values).map((terms) => ({ terms, key: keyOf(terms), time, events }));
}

function newAt(step: NewTermsStep, tick: Instant, sightings: readonly Sighting[]): readonly NewTerm[] {
  const from = tick - step.window;
  const byTerm = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    if (!isBetween(sighting.time, tick - step.history, tick)) continue;
    byTerm.set(sighting.key, [...(byTerm.get(sighting.key) ?? []), sighting]);
  }
  return [...byTerm.values()]
    .filter((seen) => seen.some(({ time }) => isBetween(time, from, tick)))
    .filter((seen) => firstOf(seen) > from)
    .map((seen) =>
      newTerm(
        tick,
        seen.filter(({ time }) => isBetween(time, from, tick)),
      ),
    )
    .toSorted((left, right) => left.first - right.first || compareLists(left.terms, right.terms));
}

const firstOf = (seen: readonly Sighting[]): Instant =>
  seen.reduce((first, { time }) => Math.min(first, time), Infinity);

function newTerm(tick: Instant, seen: readonly Sighting[]): NewTerm {
  const times = seen.map(({ time }) => time).toSorted(compareScalars);
  return {
    terms: seen[0]?.terms ?? [],
    tick,
    first: times[0] ?? tick,
    last: times.at(-1) ?? tick,
    events: sortedSet(seen.flatMap(({ events }) => events)),
  };
}

const rowOf = ({ fields }: NewTermsStep, found: NewTerm): Cells =>
  new Map([
    ...fields.map((field, index) => [field, found.terms[index] ?? null] as const),
    [TICK_COLUMN, found.tick],
    [EVENTS_COLUMN, cellOf(found.events)],
    [FIRST_COLUMN, found.first],
    [LAST_COLUMN, found.last],
  ]);
