import type { EventStore } from '#server/store/event-store.ts';
import { type ExportQuery, MOST_EXPORTED } from '#shared/api/search.ts';
import { csvLine } from '#shared/base/csv.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { type Result, succeed } from '#shared/base/result.ts';
import { EVENT_COLUMN } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import type { Row } from '#shared/plan/value.ts';
import { compileSearch, rangeOf } from './question.ts';
import { cellsOf } from './result-cells.ts';
import { numberOf } from './summary.ts';

export interface ExportedFile {
  /** Says so where the result goes on: `events-first-100000.csv`. */
  readonly name: string;
  readonly isCut: boolean;
  /** The file's text, in pieces. */
  readonly pieces: AsyncIterable<string>;
}

/** Rows written at once. */
const BLOCK = 1000;

/** A question's result as a file: of KQL as NDJSON the records as they came, else the columns. At most `most` rows. */
export async function exportSearch(
  store: EventStore,
  query: ExportQuery,
  signal: AbortSignal,
  most = MOST_EXPORTED,
): Promise<Result<ExportedFile, readonly Diagnostic[]>> {
  const compiled = compileSearch(store, query, await rangeOf(store, query), most + 1);
  if (!compiled.ok) return compiled;
  const { plan, columns, isList, bound } = compiled.value;
  const result = await store.run(plan, { now: Date.now(), signal });
  const rows = result.rows.slice(0, most);
  const isCut = rows.length < result.rows.length || (bound !== null && rows.length >= bound);
  const name = `${isList ? 'events' : 'rows'}${isCut ? `-first-${rows.length}` : ''}.${query.format}`;
  if (query.format === 'csv') return succeed({ name, isCut, pieces: csv(rows, columns) });
  return succeed({ name, isCut, pieces: isList ? records(store, rows, signal) : objects(rows, columns) });
}

function* blocks(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += BLOCK) yield rows.slice(start, start + BLOCK);
}

async function* csv(rows: readonly Row[], columns: readonly ResultColumn[]): AsyncGenerator<string> {
  yield csvLine(columns.map(({ name }) => name));
  for (const block of blocks(rows)) yield block.map((row) => csvLine(cellsOf(row, columns))).join('');
}

async function* objects(rows: readonly Row[], columns: readonly ResultColumn[]): AsyncGenerator<string> {
  const names = columns.map(({ name }) => name);
  const object = (row: Row) => Object.fromEntries(cellsOf(row, columns).map((cell, at) => [names[at], cell]));
  for (const block of blocks(rows)) yield block.map((row) => `${JSON.stringify(object(row))}\n`).join('');
}

/** A record may have been sent with line breaks in it: one line each here. */
async function* records(store: EventStore, rows: readonly Row[], signal: AbortSignal): AsyncGenerator<string> {
  for (const block of blocks(rows)) {
    if (signal.aborted) return;
    const numbers = block.flatMap((row) => numberOf(row[EVENT_COLUMN]) ?? []);
    const texts = new Map((await store.documents(numbers)).map(({ number, text }) => [number, text]));
    yield numbers.map((number) => `${(texts.get(number) ?? '').replaceAll(/[\r\n]+/g, ' ')}\n`).join('');
  }
}
