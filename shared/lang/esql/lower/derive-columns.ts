import { columnsAfter } from '#shared/plan/columns.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { NamedExpression, Step } from '#shared/plan/plan.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import type { Context, Outcome } from './context.ts';

/**
 * Columns that a command adds all at once, over the columns before it: behind the others, in this order, in place of those of
 * the same names. A step of `derive` lets later columns see earlier ones, so that those which others read come last in it.
 */
export function deriveTogether(columns: readonly NamedExpression[], context: Context): Outcome {
  if (columns.length === 0) return { steps: [], scope: context.scope };
  const names = new Set(columns.map(({ name }) => name));
  const read = columns.filter(({ name }) => columns.some(({ value }) => mentions(value, name)));
  const free = columns.filter((column) => !read.includes(column));
  const ordered = [...free, ...read];
  const derived: Step = { kind: 'derive', columns: ordered };
  const shown = [
    ...context.scope.columns.map(({ name }) => name).filter((name) => !names.has(name)),
    ...columns.map(({ name }) => name),
  ];
  const moved = ordered.some((column, index) => column !== columns[index]);
  const steps: readonly Step[] = moved ? [derived, { kind: 'keep', columns: shown }] : [derived];
  const broken = new Set([...context.scope.broken].filter((name) => !names.has(name)));
  return { steps, scope: { ...context.scope, columns: columnsAfter(steps, context.scope.columns), broken } };
}

function mentions(value: Expression, name: string): boolean {
  let found = false;
  visitExpression(value, (node) => {
    if (node.kind === 'column' && node.name === name) found = true;
  });
  return found;
}
