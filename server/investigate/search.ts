import type * as z from 'zod';
import type { EventStore } from '#server/store/event-store.ts';
import type { search as searchEndpoint } from '#shared/api/search.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { type Result, succeed } from '#shared/base/result.ts';
import { MINUTE } from '#shared/base/time.ts';
import { EVENT_COLUMN } from '#shared/plan/plan.ts';
import type { PlanResult } from '#shared/plan/result.ts';
import type { Row } from '#shared/plan/value.ts';
import { barWidth, histogram } from './histogram.ts';
import { publicIds } from './public-id.ts';
import { compileSearch, type Question, rangeOf } from './question.ts';
import { cellsOf } from './result-cells.ts';
import { numberOf } from './summary.ts';

type SearchAnswer = z.output<typeof searchEndpoint.response>;

/** A part of what a question finds. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
  readonly signal: AbortSignal;
}

/** Events of a KQL query, newest first, or rows of an ES|QL query, with the events over time. */
export async function search(
  store: EventStore,
  question: Question,
  { limit, offset, signal }: Page,
): Promise<Result<SearchAnswer, readonly Diagnostic[]>> {
  const started = performance.now();
  const range = await rangeOf(store, question);
  const compiled = compileSearch(store, question, range, offset + limit);
  if (!compiled.ok) return compiled;
  const { plan, columns, counted, isList, bound } = compiled.value;
  const now = Date.now();
  const bucketMs = range.known ? barWidth(range.to - range.from) : MINUTE;
  const [result, bars] = await Promise.all([
    store.run(plan, { now, signal, ...(question.language === 'esql' && { text: question.query }) }),
    range.known ? histogram(store, counted, { width: bucketMs, now, signal }) : [],
  ]);
  const shown = result.rows.slice(offset, offset + limit);
  const idOf = await eventIds(store, shown, isList);
  const counts = bars.reduce((sum, { count }) => sum + count, 0);
  return succeed({
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: shown.map((row) => ({ id: idOf(row), cells: cellsOf(row, columns) })),
    total: isList ? counts : result.rows.length,
    completeness: isList ? 'complete' : completenessOf(result, bound),
    warnings: [...result.warnings],
    histogram: bars,
    bucketMs,
    tookMs: Math.round(performance.now() - started),
  });
}

const completenessOf = ({ rows, completeness }: PlanResult, bound: number | null): PlanResult['completeness'] =>
  completeness === 'complete' && bound !== null && rows.length >= bound ? 'truncated' : completeness;

/**
 * How each row's event is known; null for a row that is not one event. A list's rows carry `event.id` unchanged; a query
 * may have put anything under that name, so of its rows the store is asked.
 */
async function eventIds(
  store: EventStore,
  rows: readonly Row[],
  isList: boolean,
): Promise<(row: Row) => string | null> {
  if (isList) return publicIds(store, rows);
  const numbers = rows.flatMap((row) => numberOf(row[EVENT_COLUMN]) ?? []);
  const ids = await store.idsOf(numbers);
  return (row) => ids.get(numberOf(row[EVENT_COLUMN]) ?? -1) ?? null;
}
