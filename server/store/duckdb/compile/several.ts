import { warningMessage } from '#shared/evaluate/warnings.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { findFunction, parameterAt } from '#shared/plan/functions.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import { childrenOf, expressionsOf, visitExpression } from '#shared/plan/walk.ts';
import { isSeveral } from './cell.ts';
import { startOf, withTables } from './compile.ts';
import { compileCell } from './expression.ts';
import { type Relation, scopeOf, tableOf } from './relation.ts';
import type { Scope } from './scope.ts';
import type { Source } from './source.ts';
import { compileStep, derived } from './steps.ts';

/** A statement that counts, in one row, rows of one step in which a value was asked for and several were found. */
export interface SeveralCount {
  readonly sql: string;
  /** What `w0`, `w1`, … count. */
  readonly messages: readonly string[];
}

/** A place that wants one value: the node to name in a warning, and the expression whose cell must have but one. */
interface Place {
  readonly node: Expression;
  readonly of: Expression;
}

/**
 * Statements that count what ES|QL warns of: several values where one is wanted. A step without such a place, or none of
 * whose places can meet several values, needs no statement. Rows count that reach the step, as in the reference evaluator.
 */
export function countSeveral(plan: Plan, source: Source): readonly SeveralCount[] {
  const counts: SeveralCount[] = [];
  let relation = startOf(plan, source);
  for (const step of plan.steps) {
    const count = countAt(relation, step);
    if (count) counts.push(count);
    relation = compileStep(relation, step);
  }
  return counts;
}

function countAt(before: Relation, step: Step): SeveralCount | null {
  const conditions = new Map<string, string[]>();
  const note = (relation: Relation, expression: Expression) => {
    for (const { node, of } of placesIn(expression)) {
      const condition = isSeveral(compileCell(of, scopeOf(relation)));
      if (condition === null) continue;
      const message = warningMessage(node, 'multi-value');
      conditions.set(message, [...(conditions.get(message) ?? []), condition]);
    }
  };
  const rows = step.kind === 'derive' ? noteDerived(before, step, note) : before;
  if (step.kind !== 'derive') for (const expression of expressionsOf(step)) note(before, expression);
  return conditions.size === 0 ? null : countSql(rows, conditions);
}

/** Later columns see earlier ones: each is looked at in its own scope, all over the rows that have them all. */
function noteDerived(
  before: Relation,
  step: Step & { readonly kind: 'derive' },
  note: (relation: Relation, expression: Expression) => void,
): Relation {
  return step.columns.reduce((relation, column) => {
    note(relation, column.value);
    return derived(relation, column);
  }, before);
}

function countSql(rows: Relation, conditions: ReadonlyMap<string, readonly string[]>): SeveralCount {
  const counted = [...conditions.values()].map(
    (alternatives, index) => `count(*) FILTER (WHERE ${alternatives.join(' OR ')}) AS w${index}`,
  );
  return {
    sql: `${withTables(rows)} SELECT ${counted.join(', ')} FROM ${tableOf(rows)}`,
    messages: [...conditions.keys()],
  };
}

/** Whether a condition over these columns can meet several values where one is wanted. */
export const canMeetSeveral = (condition: Expression, scope: Scope): boolean =>
  placesIn(condition).some(({ of }) => isSeveral(compileCell(of, scope)) !== null);

function placesIn(expression: Expression): readonly Place[] {
  const places: Place[] = [];
  visitExpression(expression, (node) => places.push(...placesOf(node)));
  return places;
}

function placesOf(node: Expression): readonly Place[] {
  switch (node.kind) {
    case 'single':
      return [{ node, of: node.of }];
    case 'call':
      return node.args.filter((_, index) => wantsSingle(node, index)).map((of) => ({ node, of }));
    case 'is-null':
    case 'extract':
    case 'dissect':
      return [];
    default:
      return childrenOf(node).map((operand) => ({ node: operand, of: operand }));
  }
}

function wantsSingle({ name, args }: Expression & { readonly kind: 'call' }, index: number): boolean {
  const signature = findFunction(name);
  return signature !== undefined && parameterAt(signature, index, args.length)?.cells === 'single';
}
