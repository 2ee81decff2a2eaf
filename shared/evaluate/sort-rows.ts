import { compareLists, compareScalars } from '#shared/base/order.ts';
import { isHidden, type SortKey, type Step } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { type Scalar, valuesOf } from '#shared/plan/value.ts';
import { type Cells, cell } from './cells.ts';
import { evaluate, type Scope } from './expression.ts';

type SortStep = Step & { readonly kind: 'sort' };

interface SortedRow {
  readonly row: Cells;
  readonly keys: readonly (readonly Scalar[])[];
  /** Cells of the visible columns that are no sort key themselves, values ascending. */
  readonly rest: readonly (readonly Scalar[])[];
}

/**
 * Rows in order. Of several values the least (ascending) or greatest (descending) counts. Ties are broken by every other
 * visible column in order, ascending, nulls last; cells of several values there by their least, then the next.
 */
export function sortRows(
  { by }: SortStep,
  rows: readonly Cells[],
  columns: readonly ResultColumn[],
  scope: Scope,
  nextRow: () => void,
): readonly Cells[] {
  const others = tieBreakers(by, columns);
  const prepared = rows.map((row): SortedRow => {
    nextRow();
    return {
      row,
      keys: by.map(({ value }) => ascending(valuesOf(evaluate(value, row, scope)))),
      rest: others.map((column) => ascending(valuesOf(cell(row, column)))),
    };
  });
  return prepared
    .toSorted((left, right) => compareKeys(by, left, right) || compareRest(left, right))
    .map(({ row }) => row);
}

const ascending = (values: readonly Scalar[]): readonly Scalar[] => values.toSorted(compareScalars);

function tieBreakers(by: readonly SortKey[], columns: readonly ResultColumn[]): readonly string[] {
  const keys = new Set(by.map(({ value }) => (value.kind === 'column' ? value.name : null)));
  return columns.map(({ name }) => name).filter((name) => !isHidden(name) && !keys.has(name));
}

function compareKeys(by: readonly SortKey[], left: SortedRow, right: SortedRow): number {
  return firstDifference(by, (key, index) => compareKey(key, left.keys[index] ?? [], right.keys[index] ?? []));
}

function compareKey({ direction, nulls }: SortKey, left: readonly Scalar[], right: readonly Scalar[]): number {
  const at = direction === 'ascending' ? 0 : -1;
  const [a, b] = [left.at(at), right.at(at)];
  if (a === undefined || b === undefined) return byAbsence(a, b) * (nulls === 'first' ? -1 : 1);
  return compareScalars(a, b) * (direction === 'ascending' ? 1 : -1);
}

/** Absent after present. */
const byAbsence = (a: unknown, b: unknown): number => Number(a === undefined) - Number(b === undefined);

const compareRest = (left: SortedRow, right: SortedRow): number =>
  firstDifference(left.rest, (values, index) => {
    const others = right.rest[index] ?? [];
    return byAbsence(values[0], others[0]) || compareLists(values, others);
  });

function firstDifference<Item>(items: readonly Item[], compare: (item: Item, index: number) => number): number {
  for (const [index, item] of items.entries()) {
    const order = compare(item, index);
    if (order !== 0) return order;
  }
  return 0;
}
