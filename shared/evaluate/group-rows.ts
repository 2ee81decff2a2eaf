import { sortedSet } from '#shared/base/order.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { type Aggregate, EVENT_COLUMN, EVENTS_COLUMN, type Step } from '#shared/plan/plan.ts';
import { typeOf } from '#shared/plan/types.ts';
import { type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import { aggregateOf } from './aggregates.ts';
import { type Cells, cell, combinations, keyOf } from './cells.ts';
import { evaluate, evaluateTruth, type Scope } from './expression.ts';

type AggregateStep = Step & { readonly kind: 'aggregate' };

/** What a row brings into its groups: for each aggregate its values, or null where the row does not take part. */
interface Contribution {
  readonly keys: readonly (readonly Value[])[];
  readonly values: readonly (readonly Scalar[] | null)[];
}

interface Group {
  readonly keys: readonly Value[];
  readonly members: Contribution[];
}

/**
 * One row a group, groups in order of their first row (elastic/elasticsearch `docs/reference/`, ES|QL `STATS`): a null key is
 * a group; several values of a key enter one group each, those of several keys in all combinations, and in every group the
 * row brings all values of its other cells.
 */
export function groupRows(
  step: AggregateStep,
  rows: readonly Cells[],
  scope: Scope,
  nextRow: () => void,
): readonly Cells[] {
  const groups = new Map<string, Group>();
  if (step.keys.length === 0) groups.set(keyOf([]), { keys: [], members: [] });
  for (const row of rows) {
    nextRow();
    const contribution = contributionOf(step, row, scope);
    for (const keys of combinations(contribution.keys)) {
      const key = keyOf(keys);
      const group = groups.get(key) ?? { keys, members: [] };
      group.members.push(contribution);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map((group) => rowOf(step, group));
}

const contributionOf = ({ keys, aggregates }: AggregateStep, row: Cells, scope: Scope): Contribution => ({
  keys: keys.map(({ value }) => keysOf(evaluate(value, row, scope))),
  values: aggregates.map((aggregate) => valuesFor(aggregate, row, scope)),
});

function keysOf(value: Value): readonly Value[] {
  const values = sortedSet(valuesOf(value));
  return values.length === 0 ? [null] : values;
}

function valuesFor(aggregate: Aggregate, row: Cells, scope: Scope): readonly Scalar[] | null {
  const takesPart = aggregate.where === null || evaluateTruth(aggregate.where, row, scope) === true;
  const values = argumentOf(aggregate, row, scope);
  return takesPart ? values : null;
}

/** The events of a row are its own, or those that an earlier aggregate has collected. */
function argumentOf(aggregate: Aggregate, row: Cells, scope: Scope): readonly Scalar[] {
  if (aggregate.by) return pairOf(aggregate.of, aggregate.by, row, scope);
  if (aggregate.of) return valuesOf(evaluate(aggregate.of, row, scope));
  return aggregate.function === 'events'
    ? valuesOf(cell(row, row.has(EVENT_COLUMN) ? EVENT_COLUMN : EVENTS_COLUMN))
    : [];
}

/** A row's value behind what decides of it; nothing where either is not one value. */
function pairOf(of: Expression | null, by: Expression, row: Cells, scope: Scope): readonly Scalar[] {
  const [value, key] = [of, by].map((part) => valuesOf(part && evaluate(part, row, scope)));
  return value?.length === 1 && key?.length === 1 ? [...key, ...value] : [];
}

function rowOf({ aggregates, keys }: AggregateStep, group: Group): Cells {
  const results = aggregates.map((aggregate, index): readonly [string, Value] => {
    const taking = group.members.flatMap(({ values }) => (values[index] ? [values[index]] : []));
    const argument = aggregate.of && typeOf(aggregate.of);
    return [aggregate.name, aggregateOf(aggregate, argument, { rows: taking.length, values: taking.flat() })];
  });
  return new Map([...results, ...keys.map(({ name }, index) => [name, group.keys[index] ?? null] as const)]);
}
