import { must, unreachable } from '#shared/base/assert.ts';
import { columnsAfter, sourceColumns } from '#shared/plan/columns.ts';
import { fieldsOf, showsEveryField } from '#shared/plan/fields.ts';
import type { Plan } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { selectedText, selectedTexts } from '../sql/text-result.ts';
import { type Cell, listOf } from './cell.ts';
import { orderBy, type Relation, tableOf } from './relation.ts';
import { type Source, sourceRelation } from './source.ts';
import { compileStep } from './steps.ts';

/** One statement and how its rows are read. */
export interface CompiledPlan {
  readonly sql: string;
  /** The plan's columns; the statement's are called `r0`, `r1`, … in the same order. */
  readonly columns: readonly ResultColumn[];
}

/** A plan that `check` has nothing against, as one SELECT over the table of events. */
export function compilePlan(plan: Plan, source: Source): CompiledPlan {
  const relation = plan.steps.reduce(compileStep, startOf(plan, source));
  const columns = columnsAfter(plan.steps, sourceColumns(source.catalogue));
  const selected = columns.map(({ name }, index) => {
    const column = must(
      relation.columns.find((found) => found.name === name),
      `column ${name}`,
    );
    return `${resultSql(column.cell)} AS r${index}`;
  });
  const from = tableOf(relation);
  // Rows without a column are rows all the same, and SQL selects something.
  const list = selected.length > 0 ? selected.join(', ') : 'NULL';
  return { sql: `${withTables(relation)} SELECT ${list} FROM ${from}${orderBy(relation)}`, columns };
}

/** The events with the fields that the plan needs. */
export function startOf(plan: Plan, source: Source): Relation {
  const fields = fieldsRead(plan);
  return sourceRelation(source, fields && new Set(fields));
}

/** Fields that the plan needs; null for all: where a row shows all, or a sort breaks its ties by all. */
export const fieldsRead = (plan: Plan): readonly string[] | null =>
  showsEveryField(plan) || sortsEveryField(plan) ? null : fieldsOf(plan);

function sortsEveryField({ steps }: Plan): boolean {
  const chosen = steps.findIndex(({ kind }) => kind === 'keep' || kind === 'aggregate' || kind === 'new-terms');
  return steps.slice(0, chosen).some(({ kind }) => kind === 'sort');
}

/** The chain of tables, each but those kept melting into the next. */
export function withTables({ tables }: Relation): string {
  const parts = tables.map(({ name, sql, kept }) => `${name} AS ${kept ? '' : 'NOT '}MATERIALIZED (${sql()})`);
  return `WITH ${parts.join(',\n')}\n`;
}

/** A cell as a column of the answer: a field's several values beside its single one as one list, datetimes as epoch milliseconds. */
function resultSql(cell: Cell): string {
  const sql = cell.kind === 'spilled' ? listOf(cell) : cell.sql;
  const isList = cell.kind !== 'one';
  switch (cell.type) {
    case 'datetime':
      return isList ? `list_transform(${sql}, lambda t: epoch_ms(t))` : `epoch_ms(${sql})`;
    case 'string':
    case 'ip':
    case 'geo_point':
      return isList ? selectedTexts(sql) : selectedText(sql);
    case 'long':
    case 'double':
    case 'boolean':
    case 'span':
    case 'null':
      return sql;
    default:
      return unreachable(cell.type);
  }
}
