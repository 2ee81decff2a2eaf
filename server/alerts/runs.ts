import type { Selectable } from 'kysely';
import * as z from 'zod';
import { jsonColumn } from '#server/state/json-column.ts';
import type { StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { RunTable } from '#server/state/tables/rules.ts';
import { type RuleRun, runSchema } from '#shared/api/rules.ts';

const skippedColumn = jsonColumn(runSchema.shape.skipped);
const cutRowsColumn = jsonColumn(runSchema.shape.cutRows);
const warningsColumn = jsonColumn(z.array(z.string()));

/** Runs of a rule that are kept: of one that runs every five minutes, about two days. */
const KEPT = 500;

function runOf(row: Selectable<RunTable>): RuleRun {
  const { windowFrom, windowTo, ...shown } = row;
  return {
    ...shown,
    kind: runSchema.shape.kind.parse(row.kind),
    status: runSchema.shape.status.parse(row.status),
    window: { from: windowFrom, to: windowTo },
    skipped: skippedColumn.read(row.skipped),
    cutRows: cutRowsColumn.read(row.cutRows),
    warnings: warningsColumn.read(row.warnings),
  };
}

/** Logs a run, and forgets the rule's oldest. */
export async function insertRun(transaction: StateTransaction, run: RuleRun): Promise<void> {
  const { window, ...kept } = run;
  const row = {
    ...kept,
    windowFrom: window.from,
    windowTo: window.to,
    skipped: skippedColumn.write(run.skipped),
    cutRows: cutRowsColumn.write(run.cutRows),
    warnings: warningsColumn.write(run.warnings),
  };
  await transaction.insertInto('runs').values(row).execute();
  const newest = transaction
    .selectFrom('runs')
    .select('id')
    .where('rule', '=', run.rule)
    .orderBy('startedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(KEPT);
  await transaction.deleteFrom('runs').where('rule', '=', run.rule).where('id', 'not in', newest).execute();
}

/** Newest first. */
export async function readRuns(state: StateReader, rule: string, limit: number): Promise<RuleRun[]> {
  const rows = await state
    .selectFrom('runs')
    .selectAll()
    .where('rule', '=', rule)
    .orderBy('startedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(runOf);
}
