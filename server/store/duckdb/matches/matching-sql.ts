import { EVENT_NUMBER } from '#shared/plan/build.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import { startOf, withTables } from '../compile/compile.ts';
import { scopeOf, tableOf } from '../compile/relation.ts';
import { columnOf } from '../compile/scope.ts';
import type { Source } from '../compile/source.ts';
import { compileStep } from '../compile/steps.ts';
import { quoteName } from '../sql/identifier.ts';
import { narrowedTo } from './narrowed.ts';
import type { Selection } from './selection.ts';

/** The numbers (`seq`) of the source's events that pass a filter. */
export function numbersSql(where: Expression, source: Source): string {
  const steps: readonly Step[] = [
    { kind: 'filter', where },
    { kind: 'keep', columns: [] },
  ];
  const relation = steps.reduce(compileStep, startOf({ steps }, source));
  return `${withTables(relation)} SELECT seq FROM ${tableOf(relation)}`;
}

/** The numbers (`seq`) of the events from `first` on that pass the filter, and the verdicts on them. */
export function matchingSql(
  { filter, verdicts, among }: Pick<Selection, 'filter' | 'verdicts' | 'among'>,
  first: number,
  source: Source,
): string {
  const least: Expression = { kind: 'literal', type: 'long', value: first };
  const plan: Plan = {
    steps: [
      { kind: 'filter', where: { kind: 'compare', operator: '>=', left: EVENT_NUMBER, right: least } },
      { kind: 'filter', where: filter },
      { kind: 'derive', columns: verdicts },
      // Only the fields that are read, though the rows of such a plan would show all.
      { kind: 'keep', columns: [] },
    ],
  };
  const near = among && narrowedTo(among, plan);
  const from = near ? { ...source, table: near.table, added: near.added } : source;
  const steps = near?.plan.steps ?? plan.steps;
  const relation = steps.reduce(compileStep, startOf({ steps }, from));
  const columns = verdicts.map(({ name }) => `${columnOf(scopeOf(relation), name).cell.sql} AS ${quoteName(name)}`);
  return `${withTables(relation)} SELECT ${['seq', ...columns].join(', ')} FROM ${tableOf(relation)}`;
}
