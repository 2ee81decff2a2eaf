import { must, unreachable } from '#shared/base/assert.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { isHidden, type NamedExpression, type Step, TICK_COLUMN } from '#shared/plan/plan.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import { groupStep } from './aggregate-step.ts';
import { annotateStep } from './annotate-step.ts';
import { atLeastNull, identityOf, listOf, one } from './cell.ts';
import { compileCell, compileCondition } from './expression.ts';
import { newTermsStep } from './new-terms.ts';
import {
  fresh,
  materialisedTogether,
  noted,
  orderBy,
  put,
  type Relation,
  replace,
  scopeOf,
  selecting,
  tableOf,
} from './relation.ts';
import { columnOf } from './scope.ts';
import { sortStep } from './sort.ts';
import { ticksStep } from './ticks.ts';

type Of<Kind extends Step['kind']> = Step & { readonly kind: Kind };

/** The relation after one more step. */
export function compileStep(relation: Relation, step: Step): Relation {
  switch (step.kind) {
    case 'filter':
      return filtered(relation, step);
    case 'keep':
      return { ...relation, columns: kept(step, relation) };
    case 'drop':
      return { ...relation, columns: relation.columns.filter(({ name }) => !step.columns.includes(name)) };
    case 'derive':
      return independent(step.columns).reduce(derived, relation);
    case 'rename':
      return { ...relation, columns: step.columns.reduce(renamed, relation.columns) };
    case 'aggregate':
      return groupStep(relation, step);
    case 'inline-aggregate':
      return annotateStep(relation, step);
    case 'sort':
      return sortStep(relation, step);
    case 'limit':
      return limited(relation, step);
    case 'expand':
      return expanded(relation, step);
    case 'ticks':
      return ticksStep(relation, step);
    case 'new-terms':
      return newTermsStep(relation, step);
    default:
      return unreachable(step);
  }
}

function filtered(relation: Relation, { where }: Of<'filter'>): Relation {
  const condition = () => compileCondition(where, scopeOf(relation));
  const after = selecting(relation, (from) => `SELECT * FROM ${from} WHERE ${condition()}`);
  return where.kind === 'not' ? noted(after, { from: tableOf(relation), condition }) : after;
}

/** The relation with more columns, of which none reads another. */
export function derived(before: Relation, columns: readonly NamedExpression[]): Relation {
  const scope = scopeOf(before);
  const { relation, cells } = materialisedTogether(
    before,
    columns.map(({ value }) => compileCell(value, scope)),
  );
  return {
    ...relation,
    columns: columns.reduce(
      (known, { name }, index) => put(known, name, must(cells[index], name)),
      [...relation.columns],
    ),
  };
}

/** Columns one after the other, in as few parts as leave each column out of the part that it reads from. */
function independent(columns: readonly NamedExpression[]): readonly (readonly NamedExpression[])[] {
  const parts: NamedExpression[][] = [];
  for (const column of columns) {
    const read = namesRead(column.value);
    const last = parts.at(-1);
    if (last?.every(({ name }) => !read.has(name))) last.push(column);
    else parts.push([column]);
  }
  return parts;
}

function namesRead(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  visitExpression(expression, (node) => {
    if (node.kind === 'column') names.add(node.name);
    if (node.kind === 'any') names.add(node.field);
    if (node.kind === 'nested') names.add(node.path);
  });
  return names;
}

const kept = ({ columns: names }: Of<'keep'>, { columns }: Relation): Relation['columns'] => [
  ...names.flatMap((name) => columns.filter((column) => column.name === name)),
  ...columns.filter(({ name }) => isHidden(name)),
];

/** The renamed column stays in its place; another of the new name gives way. */
const renamed = (
  columns: Relation['columns'],
  { from, to }: { readonly from: string; readonly to: string },
): Relation['columns'] =>
  columns
    .filter(({ name }) => name === from || name !== to)
    .map((column) => (column.name === from ? { ...column, name: to } : column));

function limited(relation: Relation, { count, per = [] }: Of<'limit'>): Relation {
  const rows = Math.max(0, count);
  const groupedBy = relation.tick === null ? per : per.filter((name) => name !== TICK_COLUMN);
  if (groupedBy.length === 0)
    return selecting(relation, (from) => `SELECT * FROM ${from}${orderBy(relation)} LIMIT ${rows}`);
  const groups = groupedBy.map((name) => identityOf(columnOf(scopeOf(relation), name).cell)).join(', ');
  return selecting(
    relation,
    (from) => `SELECT * FROM ${from} QUALIFY row_number() OVER (PARTITION BY ${groups}${orderBy(relation)}) <= ${rows}`,
  );
}

/** One row per value, in their order; a row without one stays. */
function expanded(relation: Relation, { column: name }: Of<'expand'>): Relation {
  const { cell } = columnOf(scopeOf(relation), name);
  if (cell.kind === 'one') return relation;
  const [value, more] = fresh(relation);
  const [place, named] = fresh(more);
  const values = atLeastNull(cell, listOf(cell));
  const unnested = selecting(
    named,
    (from) => `SELECT *, unnest(${values}) AS ${value}, generate_subscripts(${values}, 1) AS ${place} FROM ${from}`,
  );
  return {
    ...unnested,
    columns: replace(unnested.columns, name, one(cell.type, value)),
    order: [...relation.order, place],
  };
}
