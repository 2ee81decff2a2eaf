import { unreachable } from '#shared/base/assert.ts';
import type { Instant } from '#shared/base/time.ts';
import type { FlatDocument } from '#shared/event/document.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { columnsAfter, sourceColumns } from '#shared/plan/columns.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { isHidden, type Plan, type Step } from '#shared/plan/plan.ts';
import type { PlanResult, ResultColumn } from '#shared/plan/result.ts';
import type { Row, Value } from '#shared/plan/value.ts';
import { valuesOf } from '#shared/plan/value.ts';
import { annotateRows } from './annotate-rows.ts';
import { type Cells, cell, cellsOfDocument, cellsOfEvent, keyOf, type SourceEvent } from './cells.ts';
import { evaluate, evaluateTruth, type Scope } from './expression.ts';
import { groupRows } from './group-rows.ts';
import { findNewTerms } from './new-terms.ts';
import { sortRows } from './sort-rows.ts';
import { rowsAtTicks } from './ticks.ts';
import { collectWarnings, SILENT, type Warnings } from './warnings.ts';

export type { SourceEvent } from './cells.ts';

export interface EvaluationOptions {
  /** What `now` is. */
  readonly now: Instant;
  readonly catalogue: FieldCatalogue;
  /** The query that the plan's spans point into, for the wording of warnings. */
  readonly text?: string;
}

/** Whether a document passes; null where the filter does not know. */
export const evaluateFilter = (filter: Expression, document: FlatDocument, now: Instant): boolean | null =>
  evaluateTruth(filter, cellsOfDocument(document), { now, warnings: SILENT });

/**
 * The answer to a plan over these events: slow and obvious, the judge of every other executor. Rows hold hidden columns too.
 * Where the plan does not sort, rows follow the order of the events.
 */
export function evaluatePlan(plan: Plan, events: readonly SourceEvent[], options: EvaluationOptions): PlanResult {
  const warnings = collectWarnings(options.text);
  const source: Table = { columns: sourceColumns(options.catalogue), rows: events.map(cellsOfEvent) };
  const result = plan.steps.reduce((table, step) => applyStep(step, table, { now: options.now, warnings }), source);
  return {
    columns: result.columns,
    rows: result.rows.map((row) => rowOf(row, result.columns)),
    completeness: 'complete',
    warnings: warnings.list(),
  };
}

interface Table {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Cells[];
}

const applyStep = (step: Step, table: Table, scope: StepScope): Table => ({
  columns: columnsAfter([step], table.columns),
  rows: rowsAfter(step, table, scope),
});

interface StepScope extends Scope {
  readonly warnings: Warnings;
}

function rowsAfter(step: Step, { columns, rows }: Table, scope: StepScope): readonly Cells[] {
  const { nextRow } = scope.warnings;
  switch (step.kind) {
    case 'filter':
      return rows.filter((row) => {
        nextRow();
        return evaluateTruth(step.where, row, scope) === true;
      });
    case 'keep':
      return rows.map((row) => new Map([...row].filter(([name]) => isHidden(name) || step.columns.includes(name))));
    case 'drop':
      return rows.map((row) => new Map([...row].filter(([name]) => !step.columns.includes(name))));
    case 'derive':
      return rows.map((row) => {
        nextRow();
        return derive(step, row, scope);
      });
    case 'rename':
      return rows.map((row) => rename(step, row));
    case 'aggregate':
      return groupRows(step, rows, scope, nextRow);
    case 'inline-aggregate':
      return annotateRows(step, rows, columns, scope, nextRow);
    case 'sort':
      return sortRows(step, rows, columns, scope, nextRow);
    case 'limit':
      return limit(step, rows);
    case 'expand':
      return rows.flatMap((row) => expand(step.column, row));
    case 'ticks':
      return rowsAtTicks(step, rows, scope, nextRow);
    case 'new-terms':
      return findNewTerms(step, rows, scope, nextRow);
    default:
      return unreachable(step);
  }
}

/** Later columns see earlier ones. */
function derive(step: Step & { readonly kind: 'derive' }, row: Cells, scope: Scope): Cells {
  const derived = new Map(row);
  for (const { name, value } of step.columns) derived.set(name, evaluate(value, derived, scope));
  return derived;
}

function rename(step: Step & { readonly kind: 'rename' }, row: Cells): Cells {
  const renamed = new Map(row);
  for (const { from, to } of step.columns) {
    const value = cell(renamed, from);
    renamed.delete(from);
    renamed.set(to, value);
  }
  return renamed;
}

function limit({ count, per = [] }: Step & { readonly kind: 'limit' }, rows: readonly Cells[]): readonly Cells[] {
  const taken = new Map<string, number>();
  return rows.filter((row) => {
    const key = keyOf(per.map((column) => cell(row, column)));
    const before = taken.get(key) ?? 0;
    taken.set(key, before + 1);
    return before < count;
  });
}

function expand(column: string, row: Cells): readonly Cells[] {
  const values = valuesOf(cell(row, column));
  return values.length === 0 ? [row] : values.map((value) => new Map([...row, [column, value]]));
}

const rowOf = (row: Cells, columns: readonly ResultColumn[]): Row =>
  Object.fromEntries(columns.map(({ name }): [string, Value] => [name, cell(row, name)]));
