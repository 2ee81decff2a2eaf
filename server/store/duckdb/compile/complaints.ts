import { warningMessage } from '#shared/evaluate/warnings.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Failure } from '#shared/plan/failure.ts';
import { findFunction, parameterAt } from '#shared/plan/functions.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import { childrenOf, expressionsOf } from '#shared/plan/walk.ts';
import { isNull, isSeveral } from './cell.ts';
import { startOf, withTables } from './compile.ts';
import { compileCell, compileCondition } from './expression.ts';
import { failuresOf } from './failures.ts';
import { foldInstant } from './fold.ts';
import { keepLast, type Relation, scopeOf, tableOf } from './relation.ts';
import type { Scope } from './scope.ts';
import { asShallow } from './shallow.ts';
import type { Source } from './source.ts';
import { compileStep, derived } from './steps.ts';

/** A statement that counts, in one row, the rows in which a value that was asked for came out as null. */
export interface ComplaintCount {
  readonly sql: string;
  /** What `w0`, `w1`, … count; a message may stand for several of them. */
  readonly messages: readonly string[];
  /** The first step that can meet any: nothing is asked of events that those before it turn away. */
  readonly first: number;
}

/**
 * What ES|QL warns of, counted: several values where one is wanted, and operands without a result. Null where the plan has no
 * place that can meet any of it. Rows count that reach the step, as in the reference evaluator.
 */
export function countComplaints(plan: Plan, source: Source, text?: string): ComplaintCount | null {
  const counts: string[] = [];
  const messages: string[] = [];
  let relation = startOf(plan, source);
  let first: number | null = null;
  for (const [index, step] of plan.steps.entries()) {
    const found = complaintsAt(relation, step, text);
    if (found.conditions.size > 0) {
      first ??= index;
      const counted = [...found.conditions.values()].map(
        (alternatives, place) => `count(*) FILTER (WHERE ${alternatives.join(' OR ')}) AS w${messages.length + place}`,
      );
      counts.push(`(SELECT ${counted.join(', ')} FROM ${tableOf(found.rows)})`);
      messages.push(...found.conditions.keys());
    }
    // What is counted stands over rows that hold parts of the step's expressions: they stay in the chain.
    const next = step.kind === 'derive' ? found.rows : compileStep(found.rows, step);
    // Groups are few, and later counts look at them as well.
    relation = step.kind === 'aggregate' ? keepLast(next) : next;
  }
  if (first === null) return null;
  return { sql: `${withTables(relation)} SELECT * FROM ${counts.join(', ')}`, messages, first };
}

interface Complaints {
  /** The rows in which they are looked for. */
  readonly rows: Relation;
  /** By message, SQL of which any is true. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
}

function complaintsAt(before: Relation, step: Step, text?: string): Complaints {
  const conditions = new Map<string, string[]>();
  let rows = before;
  let shallow = 0;
  const noteIn = (expression: Expression) => {
    for (const { node, failure, condition } of complaintsIn(expression, scopeOf(rows))) {
      const message = warningMessage(node, failure, text);
      const known = conditions.get(message) ?? [];
      // What stands in many places of a condition, as an address in a test of many networks, is asked once.
      if (!known.includes(condition)) conditions.set(message, [...known, condition]);
    }
  };
  const note = (expression: Expression) => {
    const { columns, rest } = asShallow(expression, () => `$part ${shallow++}`);
    for (const column of columns) {
      noteIn(column.value);
      rows = derived(rows, [column]);
    }
    noteIn(rest);
  };
  if (step.kind !== 'derive') {
    for (const expression of expressionsOf(step)) note(expression);
    return { rows, conditions };
  }
  // Later columns see earlier ones: each is looked at in its own scope, all over the rows that have them all.
  for (const column of step.columns) {
    note(column.value);
    rows = derived(rows, [column]);
  }
  return { rows, conditions };
}

interface Complaint {
  readonly node: Expression;
  readonly failure: Failure;
  readonly condition: string;
}

/** Whether a condition over these columns can meet several values where one is wanted. */
export const canMeetSeveral = (condition: Expression, scope: Scope): boolean =>
  complaintsIn(condition, scope).some(({ failure }) => failure === 'multi-value');

function complaintsIn(expression: Expression, scope: Scope): readonly Complaint[] {
  // The times of a schedule's runs are like any other: what can be computed of one can be of all.
  if (foldInstant(expression, scope.now, scope.now) !== null) return [];
  const compile = (part: Expression) => compileCell(part, scope);
  const own = [
    ...placesOf(expression).flatMap(({ node, of }): readonly Complaint[] => {
      const condition = HOLDING_SEVERAL.has(of.kind) ? isSeveral(compile(of)) : null;
      return condition === null ? [] : [{ node, failure: 'multi-value', condition }];
    }),
    ...failuresOf(expression, compile).map((found) => ({ node: expression, ...found })),
  ];
  const inner = childrenOf(expression).flatMap((child, index) => {
    const found = complaintsIn(child, scope);
    const reached = found.length > 0 ? reachedWhere(expression, index, scope) : null;
    return reached === null
      ? found
      : found.map((complaint) => ({ ...complaint, condition: `${reached} AND ${complaint.condition}` }));
  });
  return [...own, ...inner];
}

/** What can hold several values; conditions cannot, and are long. */
const HOLDING_SEVERAL: ReadonlySet<Expression['kind']> = new Set(['column', 'call', 'extract', 'replace', 'dissect']);

/** Where an argument of a choice is looked at: the ones before have not decided. Null where it always is. */
function reachedWhere(node: Expression, index: number, scope: Scope): string | null {
  if (node.kind !== 'call' || (node.name !== 'case' && node.name !== 'coalesce')) return null;
  const { name, args } = node;
  if (name === 'coalesce') {
    const absent = args.slice(0, index).map((argument) => isNull(compileCell(argument, scope)));
    return absent.length === 0 ? null : absent.join(' AND ');
  }
  const holds = (condition: Expression) => `coalesce(${compileCondition(condition, scope)}, false)`;
  const isValue = index % 2 === 1;
  const earlier = args.filter((_, at) => at % 2 === 0 && at < (isValue ? index - 1 : index));
  const own = isValue ? args[index - 1] : undefined;
  const parts = [...earlier.map((condition) => `NOT ${holds(condition)}`), ...(own ? [holds(own)] : [])];
  return parts.length === 0 ? null : parts.join(' AND ');
}

/** A place that wants one value: the node to name in a warning, and the expression whose cell must have but one. */
interface Place {
  readonly node: Expression;
  readonly of: Expression;
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
