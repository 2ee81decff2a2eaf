import type { Expression } from '#shared/plan/expression.ts';
import type { Scalar } from '#shared/plan/value.ts';
import { literal } from '../sql/literal.ts';
import type { Cell } from './cell.ts';
import { type Leaf, leafOf } from './leaf.ts';
import { columnOf, type Scope } from './scope.ts';

/** Operands of an `or` that all compare the same fields with constants: combinations of values, one of which must be there. */
export interface TupleGroup {
  readonly leaves: readonly Leaf[];
  readonly tuples: readonly (readonly Scalar[])[];
  /** The operands that these are. */
  readonly operands: readonly Expression[];
}

/** From so many on, one set of combinations is faster to plan and to ask than their conditions. */
const WORTH_A_SET = 8;
/** An operand that compares with lists stands for every combination of their values. */
const MOST_COMBINATIONS = 1_000;

/** The groups among these operands, and what is in none. */
export function groupTuples(operands: readonly Expression[]): {
  readonly groups: readonly TupleGroup[];
  readonly others: readonly Expression[];
} {
  const groups = new Map<string, TupleGroup>();
  for (const operand of operands) {
    const leaves = leavesOf(operand);
    if (leaves === null) continue;
    const subject = JSON.stringify(leaves.map(({ column, caseless }) => [column, caseless]));
    const known = groups.get(subject) ?? { leaves, tuples: [], operands: [] };
    groups.set(subject, {
      leaves,
      tuples: [...known.tuples, ...combinations(leaves)],
      operands: [...known.operands, operand],
    });
  }
  const worthwhile = [...groups.values()].filter((group) => group.operands.length >= WORTH_A_SET);
  const taken = new Set(worthwhile.flatMap((group) => group.operands));
  return { groups: worthwhile, others: operands.filter((operand) => !taken.has(operand)) };
}

/** The leaves of a conjunction of comparisons of different fields, in the order of their names. */
function leavesOf(operand: Expression): readonly Leaf[] | null {
  if (operand.kind !== 'and') return null;
  const leaves = operand.operands.flatMap((part) => equalityLeaf(part) ?? []);
  const subjects = new Set(leaves.map(({ column, caseless }) => JSON.stringify([column, caseless])));
  if (leaves.length !== operand.operands.length || subjects.size !== leaves.length) return null;
  const count = leaves.reduce((product, { alternatives }) => product * alternatives.values.length, 1);
  if (count > MOST_COMBINATIONS) return null;
  return leaves.toSorted((left, right) => (left.column < right.column ? -1 : Number(left.column > right.column)));
}

function equalityLeaf(part: Expression): Leaf | null {
  const leaf = part.kind === 'any' ? leafOf(part) : null;
  return leaf && leaf.alternatives.patterns.length === 0 ? leaf : null;
}

const combinations = (leaves: readonly Leaf[]): readonly (readonly Scalar[])[] =>
  leaves.reduce<readonly (readonly Scalar[])[]>(
    (tuples, { alternatives }) => tuples.flatMap((tuple) => alternatives.values.map((value) => [...tuple, value])),
    [[]],
  );

/**
 * Whether one of the combinations is in a row; NULL counts as false.
 * @param compileEach SQL of the operands one by one, for rows in which a field has several values
 */
export function anyTuple({ leaves, tuples }: TupleGroup, scope: Scope, compileEach: () => string): string {
  const cells = leaves.map(({ column }) => columnOf(scope, column).cell);
  if (cells.some(({ kind }) => kind === 'many')) return compileEach();
  const row = leaves.map(({ caseless }, index) => (caseless ? `lower(${cells[index]?.sql})` : cells[index]?.sql));
  const rows = tuples.map((tuple) => `(${tuple.map((value, index) => constant(value, cells[index])).join(', ')})`);
  const single = `coalesce((${row.join(', ')}) IN (${rows.join(', ')}), false)`;
  const several = cells.flatMap((cell) => (cell.kind === 'spilled' ? [cell.mayBeSeveral] : []));
  if (several.length === 0) return single;
  return `(${single} OR CASE WHEN ${several.join(' OR ')} THEN ${compileEach()} ELSE false END)`;
}

const constant = (value: Scalar, cell: Cell | undefined): string => literal(value, cell?.type ?? 'string');
