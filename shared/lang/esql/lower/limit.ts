import type { Command } from '#shared/lang/esql/syntax/ast.ts';
import { columnsAfter } from '#shared/plan/columns.ts';
import { HIDDEN, type NamedExpression, type Step } from '#shared/plan/plan.ts';
import { type Context, type Outcome, report, sourceOf } from './context.ts';
import { lowerStored } from './expression.ts';

type Limit = Command & { readonly kind: 'limit' };

/**
 * LIMIT: the first rows, or with BY the first of each combination of values. All values of a cell together are one key, a
 * null is one as well, and a constant is the same for all rows (elastic/elasticsearch `LIMIT BY` in `limit.csv-spec`).
 */
export function lowerLimit(command: Limit, context: Context): Outcome {
  const count = rowsOf(command, context);
  const keys = command.by.map((node, index): NamedExpression | null => {
    const value = lowerStored(node, 'LIMIT BY', context);
    return value && { name: value.kind === 'column' ? value.name : `${HIDDEN}by.${index}`, value };
  });
  const known = keys.filter((key) => key !== null);
  if (count === null || known.length < keys.length) return { steps: [], scope: context.scope };
  const computed = known.filter(({ value }) => value.kind !== 'column');
  const limit: Step = { kind: 'limit', count, ...(known.length > 0 && { per: namesOf(known) }) };
  const steps: readonly Step[] =
    computed.length === 0
      ? [limit]
      : [{ kind: 'derive', columns: computed }, limit, { kind: 'drop', columns: namesOf(computed) }];
  return { steps, scope: { ...context.scope, columns: columnsAfter(steps, context.scope.columns) } };
}

const namesOf = (columns: readonly NamedExpression[]): readonly string[] => [
  ...new Set(columns.map(({ name }) => name)),
];

function rowsOf({ count }: Limit, context: Context): number | null {
  const rows = count.kind === 'number' && /^\d+$/.test(count.text) ? Number(count.text) : null;
  if (rows !== null) return Math.min(rows, Number.MAX_SAFE_INTEGER);
  return report(context, count, {
    code: 'invalid-limit',
    message: `LIMIT takes a whole number of rows, found [${sourceOf(context, count)}]`,
    remedy: 'Write it in digits alone: LIMIT 100.',
  });
}
