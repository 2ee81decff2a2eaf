import { unreachable } from '#shared/base/assert.ts';
import type { Command, FieldNode, SortNode } from '#shared/lang/esql/syntax/ast.ts';
import { columnsAfter } from '#shared/plan/columns.ts';
import { type Expression, FALSE } from '#shared/plan/expression.ts';
import { HIDDEN, type NamedExpression, type SortKey, type Step } from '#shared/plan/plan.ts';
import { typeOf } from '#shared/plan/types.ts';
import { addressKey } from './address-key.ts';
import { lowerDrop, lowerKeep } from './columns.ts';
import { type Context, type Outcome, report, sourceOf } from './context.ts';
import { lowerDissect } from './dissect.ts';
import { lowerCondition, lowerStored } from './expression.ts';
import { lowerGrok } from './grok.ts';
import { lowerInlineStats } from './inline-stats.ts';
import { lowerLimit } from './limit.ts';
import { newName, resolveColumn } from './name.ts';
import { lowerStats } from './stats.ts';
import { reportCommand } from './unsupported-commands.ts';

/** Most rows that a query gives; Elasticsearch's `esql.query.result_truncation_max_size`. */
export const MAX_ROWS = 10_000;

export function lowerCommand(command: Command, context: Context): Outcome {
  switch (command.kind) {
    case 'where': {
      const where = lowerCondition(command.condition, context);
      return outcome(where ? [{ kind: 'filter', where }] : [], context);
    }
    case 'eval':
      return lowerEval(command, context);
    case 'keep': {
      const { steps, scope } = outcome(lowerKeep(command.patterns, context), context);
      return { steps, scope: { ...scope, events: false } };
    }
    case 'drop':
      return outcome(lowerDrop(command.patterns, context), context);
    case 'rename':
      return lowerRename(command, context);
    case 'stats':
      return command.inline ? lowerInlineStats(command, context) : lowerStats(command, context);
    case 'sort': {
      const by = command.keys.flatMap((key) => lowerSortKey(key, context));
      return outcome(by.length > 0 ? [{ kind: 'sort', by }] : [], context);
    }
    case 'limit':
      return lowerLimit(command, context);
    case 'mv-expand': {
      const column = resolveColumn(command.column.text, command.column, context);
      return outcome(column ? [{ kind: 'expand', column: column.name }] : [], context);
    }
    case 'row':
      return lowerRow(command, context);
    case 'grok':
      return lowerGrok(command, context);
    case 'dissect':
      return lowerDissect(command, context);
    case 'unknown':
      reportCommand(command.name, context);
      return { steps: [], scope: { ...context.scope, open: true } };
    default:
      return unreachable(command);
  }
}

const outcome = (steps: readonly Step[], { scope }: Context): Outcome => ({
  steps,
  scope: { ...scope, columns: columnsAfter(steps, scope.columns) },
});

/** ROW: one row, whatever the events. */
function lowerRow(command: Command & { readonly kind: 'row' }, context: Context): Outcome {
  const name = `${HIDDEN}row`;
  const nothing: Step = {
    kind: 'aggregate',
    aggregates: [{ name, function: 'count', of: null, where: FALSE }],
    keys: [],
  };
  const before: Context = { ...context, scope: { ...context.scope, columns: [], events: false } };
  const { steps, scope } = lowerEval({ ...command, kind: 'eval' }, before);
  return { steps: [nothing, { kind: 'drop', columns: [name] }, ...steps], scope };
}

/** One column at a time: each sees those before it. A column of an existing name replaces it and moves to the end. */
function lowerEval(command: Command & { readonly kind: 'eval' }, context: Context): Outcome {
  const columns: NamedExpression[] = [];
  let scope = context.scope;
  for (const field of command.fields) {
    const name = field.name?.text ?? sourceOf(context, field.value);
    const allowed = !field.name || newName(field.name, context) !== null;
    if (isMeantAsAssignment(field, { ...context, scope })) continue;
    const value = lowerStored(field.value, 'EVAL', { ...context, scope });
    const broken = new Set(scope.broken);
    if (value && allowed) {
      columns.push({ name, value });
      broken.delete(name);
      scope = {
        ...scope,
        columns: columnsAfter([{ kind: 'derive', columns: [{ name, value }] }], scope.columns),
        broken,
      };
    } else {
      scope = { ...scope, broken: broken.add(name) };
    }
  }
  return { steps: columns.length > 0 ? [{ kind: 'derive', columns }] : [], scope };
}

/** `EVAL a == 1`, which compares a column that nobody made. */
function isMeantAsAssignment({ name, value }: FieldNode, context: Context): boolean {
  if (name || value.kind !== 'compare' || value.operator !== '==' || value.left.kind !== 'name') return false;
  const column = value.left.name;
  if (context.scope.open || context.scope.columns.some((one) => one.name === column)) return false;
  report(context, value.left, {
    code: 'unknown-column',
    message: `Unknown column [${column}]`,
    remedy: `A column is made with one =: EVAL ${column} = ….`,
  });
  return true;
}

/** One after the other: a later renaming sees the new names. */
function lowerRename(command: Command & { readonly kind: 'rename' }, context: Context): Outcome {
  const columns: { readonly from: string; readonly to: string }[] = [];
  let scope = context.scope;
  for (const { from, to } of command.renamings) {
    const column = resolveColumn(from.text, from, { ...context, scope });
    if (!column || newName(to, context) === null) {
      scope = { ...scope, broken: new Set([...scope.broken, to.text]) };
      continue;
    }
    const renaming = { from: column.name, to: to.text };
    columns.push(renaming);
    scope = { ...scope, columns: columnsAfter([{ kind: 'rename', columns: [renaming] }], scope.columns) };
  }
  return { steps: columns.length > 0 ? [{ kind: 'rename', columns }] : [], scope };
}

/** Nulls count as greatest unless the query says where they stand. */
function lowerSortKey(key: SortNode, context: Context): readonly SortKey[] {
  const value = lowerStored(key.value, 'SORT', context);
  const nulls = key.nulls ?? (key.direction === 'ascending' ? 'last' : 'first');
  if (value && typeOf(value) === 'geo_point') {
    report(context, key.value, { code: 'type-mismatch', message: 'cannot sort on geo_point', remedy: SORT_POINTS });
    return [];
  }
  return value ? [{ value: orderedAs(value), direction: key.direction, nulls }] : [];
}

const SORT_POINTS = 'Sort by st_x(…), st_y(…) or st_distance(…).';

/** Addresses are ordered by their bytes. */
const orderedAs = (value: Expression): Expression => (typeOf(value) === 'ip' ? addressKey(value) : value);
