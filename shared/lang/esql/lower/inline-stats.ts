import type { Command } from '#shared/lang/esql/syntax/ast.ts';
import { columnsAfter } from '#shared/plan/columns.ts';
import type { Aggregate, NamedExpression, Step } from '#shared/plan/plan.ts';
import { typeOf } from '#shared/plan/types.ts';
import type { Context, Outcome } from './context.ts';
import { deriveTogether } from './derive-columns.ts';
import { lowerKey, lowerOutput, withoutClashes } from './stats.ts';

/**
 * INLINE STATS: as STATS, but every row stays, with the aggregates of its group beside it
 * (elastic/elasticsearch `docs/reference/`, ES|QL `INLINE STATS`).
 */
export function lowerInlineStats(command: Command & { readonly kind: 'stats' }, context: Context): Outcome {
  const keys = command.by.map((field) => lowerKey(field, context));
  const computedKeys = keys.flatMap(({ name, column }): readonly NamedExpression[] =>
    column?.kind === 'key' && !(column.value.kind === 'column' && column.value.name === name)
      ? [{ name, value: column.value }]
      : [],
  );
  const known = keys.flatMap(({ name, column }) =>
    column?.kind === 'key' ? [{ name, type: typeOf(column.value) }] : [],
  );
  const { steps: before, scope } = deriveTogether(computedKeys, context);
  const inner = { ...context, scope };
  const outputs = command.aggregates.map((node, index) => lowerOutput(node, index, known, inner));
  const kept = withoutClashes([...outputs, ...keys], context);
  const aggregates: Aggregate[] = [];
  const computed: NamedExpression[] = [];
  const passing: string[] = [];
  for (const { name, column } of kept) {
    if (column?.kind === 'plain') aggregates.push(column.aggregate);
    if (column?.kind !== 'computed') continue;
    aggregates.push(...column.aggregates);
    passing.push(...column.aggregates.map((one) => one.name));
    computed.push({ name, value: column.value });
  }
  const by = kept.flatMap(({ name, column }) => (column?.kind === 'key' ? [name] : []));
  const steps: Step[] = [...before];
  if (aggregates.length > 0) steps.push({ kind: 'inline-aggregate', aggregates, by });
  if (computed.length > 0) steps.push({ kind: 'derive', columns: computed }, { kind: 'drop', columns: passing });
  const broken = kept.flatMap(({ name, column }) => (column === null ? [name] : []));
  return {
    steps,
    scope: {
      ...context.scope,
      columns: columnsAfter(steps, context.scope.columns),
      broken: new Set([...context.scope.broken, ...broken]),
    },
  };
}
