import { positionAt, type Span } from '#shared/base/diagnostic.ts';
import { AGGREGATES } from '#shared/lang/esql/aggregate-functions.ts';
import {
  type AggregateNode,
  type Command,
  type FieldNode,
  type Node,
  operandsOf,
} from '#shared/lang/esql/syntax/ast.ts';
import { columnsAfter } from '#shared/plan/columns.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { type Aggregate, HIDDEN, type NamedExpression, type Step } from '#shared/plan/plan.ts';
import { aggregateTypeOf, typeOf } from '#shared/plan/types.ts';
import { isAggregateCall, lowerAggregate } from './aggregate.ts';
import { isFunction } from './call.ts';
import { type Context, type Outcome, report, type Scope, sourceOf } from './context.ts';
import { lowerCondition, lowerStored } from './expression.ts';
import { newName } from './name.ts';

type Stats = Command & { readonly kind: 'stats' };

/** One output column of STATS while it is worked out. */
export interface Output {
  readonly name: string;
  readonly span: Span;
  /** Null: its problem is reported. */
  readonly column: Key | Plain | Computed | null;
}
interface Key {
  readonly kind: 'key';
  readonly value: Expression;
}
interface Plain {
  readonly kind: 'plain';
  readonly aggregate: Aggregate;
}
/** An expression over aggregates, which get hidden columns of their own until it is worked out. */
interface Computed {
  readonly kind: 'computed';
  readonly aggregates: readonly Aggregate[];
  readonly value: Expression;
}

/**
 * STATS: aggregates in order, then keys, and nothing else stays. Of several outputs of one name a key beats an aggregate,
 * and the rightmost of its kind the others. Expressions over aggregates are derived after grouping.
 */
export function lowerStats(command: Stats, context: Context): Outcome {
  const keys = command.by.map((field) => lowerKey(field, context));
  const keyColumns = keys.flatMap(({ name, column }) =>
    column?.kind === 'key' ? [{ name, type: typeOf(column.value) }] : [],
  );
  const aggregates = command.aggregates.map((node, index) => lowerOutput(node, index, keyColumns, context));
  const outputs = withoutClashes([...aggregates, ...keys], context);
  const steps = stepsOf(outputs);
  const broken = outputs.flatMap(({ name, column }) => (column === null ? [name] : []));
  const columns = columnsAfter(steps, context.scope.columns);
  return { steps, scope: { columns, broken: new Set(broken), open: false, events: false } };
}

const nameOf = (field: FieldNode, context: Context): string => field.name?.text ?? sourceOf(context, field.value);

/** A key of BY. */
export function lowerKey(field: FieldNode, context: Context): Output {
  const value = lowerStored(field.value, 'STATS', context);
  const name = field.name?.text ?? (field.value.kind === 'name' ? field.value.name : sourceOf(context, field.value));
  const allowed = !field.name || newName(field.name, context) !== null;
  return { name, span: field.name ?? field, column: value && allowed ? { kind: 'key', value } : null };
}

/** One aggregate or expression over aggregates; `keys` are what it sees outside of them. */
export function lowerOutput(node: AggregateNode, index: number, keys: Scope['columns'], context: Context): Output {
  const name = nameOf(node, context);
  const span = node.name ?? node;
  const where = node.where && lowerCondition(node.where, context);
  const allowed = !node.name || newName(node.name, context) !== null;
  if (!allowed || (node.where && !where)) return { name, span, column: null };
  if (isAggregateCall(node.value) && !isAbsent(node.value)) {
    const aggregate = lowerAggregate(name, node.value, where, context);
    return { name, span, column: aggregate && { kind: 'plain', aggregate } };
  }
  return { name, span, column: lowerComputed(node.value, { index, where, keys }, context) };
}

/** What `present` says the other way round. */
const isAbsent = (call: Node): boolean => call.kind === 'call' && call.name.text.toLowerCase() === 'absent';

interface Computing {
  readonly index: number;
  readonly where: Expression | null;
  readonly keys: Scope['columns'];
}

/** Outside of its aggregates the expression sees only the keys. */
function lowerComputed(node: Node, { index, where, keys }: Computing, context: Context): Computed | null {
  const aggregates: Aggregate[] = [];
  const outer: Context = {
    ...context,
    scope: { columns: keys, broken: NOTHING, open: false, events: false },
    aggregate: (call) => {
      const aggregate = lowerAggregate(`${HIDDEN}${index}.${aggregates.length}`, call, where, context);
      if (!aggregate) return null;
      aggregates.push(aggregate);
      const column: Expression = { kind: 'column', name: aggregate.name, type: aggregateTypeOf(aggregate) };
      return isAbsent(call) ? { kind: 'not', operand: column } : column;
    },
  };
  const strays = namesOutside(node).filter(({ name }) => !keys.some((key) => key.name === name));
  for (const stray of strays) {
    report(context, stray, {
      code: 'not-aggregated',
      message: `column [${stray.name}] must appear in the STATS BY clause or be used in an aggregate function`,
      remedy: AGGREGATES.has(stray.name.toLowerCase())
        ? `Write ${stray.name}(…).`
        : `Group by it, or take all its values: values(${stray.name}).`,
    });
  }
  if (strays.length > 0) return null;
  const value = lowerStored(node, 'STATS', outer);
  if (!value) return null;
  if (aggregates.length > 0) return { kind: 'computed', aggregates, value };
  return report(context, node, {
    code: 'not-aggregated',
    message: `expected an aggregate function but found [${sourceOf(context, node)}]`,
  });
}

const NOTHING: ReadonlySet<string> = new Set();

/** Column names of an expression that are not inside of an aggregate; a function that does not exist explains the rest. */
function namesOutside(node: Node): readonly (Node & { readonly kind: 'name' })[] {
  if (node.kind === 'name') return [node];
  const opaque = node.kind === 'call' && (!isFunction(node.name.text) || isAggregateCall(node));
  return opaque ? [] : operandsOf(node).flatMap(namesOutside);
}

/** The outputs that win their name: the rightmost of each, a key last. */
export function withoutClashes(outputs: readonly Output[], context: Context): readonly Output[] {
  return outputs.filter((output, index) => {
    const winner = outputs.slice(index + 1).find((later) => later.name === output.name);
    if (!winner) return true;
    const { line, column } = positionAt(context.text, winner.span.from);
    report(context, output.span, {
      code: 'shadowed',
      severity: 'warning',
      message: `Field '${output.name}' shadowed by field at line ${line}:${column}`,
    });
    return false;
  });
}

function stepsOf(outputs: readonly Output[]): readonly Step[] {
  const aggregates: Aggregate[] = [];
  const keys: NamedExpression[] = [];
  const computed: NamedExpression[] = [];
  const passing: string[] = [];
  for (const { name, column } of outputs) {
    if (column?.kind === 'key') keys.push({ name, value: column.value });
    if (column?.kind === 'plain') aggregates.push(column.aggregate);
    if (column?.kind === 'computed') {
      aggregates.push(...column.aggregates);
      passing.push(...column.aggregates.map((one) => one.name));
      computed.push({ name, value: column.value });
    }
  }
  const aggregate: Step = { kind: 'aggregate', aggregates, keys };
  if (computed.length === 0) return [aggregate];
  const shown = outputs.filter(({ column }) => column !== null).map(({ name }) => name);
  return [
    aggregate,
    { kind: 'derive', columns: computed },
    { kind: 'keep', columns: shown },
    { kind: 'drop', columns: passing },
  ];
}
