import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FIRST_STREAM_BATCH } from '#server/store/event-store.ts';
import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { countOf } from '../connection.ts';
import { quoteName, quoteText } from '../sql/identifier.ts';
import { instantLiteral, integerLiteral } from '../sql/literal.ts';
import { recordsAtOnce } from './at-once.ts';
import { canonicalSql } from './canonical.ts';
import { readExactly } from './exact.ts';
import { canReadBySql, fieldColumns } from './field-columns.ts';
import { during, type Job } from './job.ts';
import { fieldsToRead, normaliseSql, type Records } from './normalise.ts';
import { type Reading, readingOf } from './reading.ts';
import { sampleOf } from './sample.ts';
import { everyEvent, OTHERS, tablesOf } from './schema.ts';
import { OTHERS_SQL, SIFTED, siftSql, wholeSql } from './sifted.ts';

/** What the event at the file's first place is numbered; others follow by their places, with gaps for now. */
export type FirstNumber = bigint;

/** `original` is what rejects are shown from, and the exact reading reads; `readable` what the engine can read: as many lines. */
export interface Source {
  readonly original: string;
  readonly readable: string;
  /** How to read it at once, where its records are alike. */
  readonly reading?: Reading | undefined;
}

/** Where a batch begins. */
export interface Start {
  readonly first: FirstNumber;
  /** Of its first record among all lines of the batch that are kept: 0, unless it came before. */
  readonly place: number;
}

export interface Inserted {
  readonly records: number;
  readonly accepted: number;
}

/**
 * Inserts the records of a file into `events`: by SQL those that it is sure of, the rest as the exact reading decides. The
 * outcome is the same whoever takes a record.
 */
export async function insertRecords(job: Job, source: Source, start: Start): Promise<Inserted> {
  if (!canReadBySql(fieldsToRead(job.layout))) return insertExactly(job, source, 'all', start);
  const records = await insertPlainly(job, source, start);
  const places = await takeUnsure(job, start.first);
  if (places.length === 0) return { records, accepted: records };
  const exact = await insertExactly(job, source, places, start);
  return { records, accepted: records - places.length + exact.accepted };
}

/**
 * One row for each record, those that SQL is not sure of without an `id`. The engine keeps the order of the file. Where it reads on
 * several processors it cannot tell a row's place: it is put in behind. A short stretch of a stream is read by one, which numbers the
 * rows as they come: of two, one would soon wait for the other's last piece, and the engine waits without rest, at the expense of
 * all that goes on beside a stream.
 *
 * Never `columns=` with `ignore_errors`, which drops the valid line after a broken one: either is used without the other.
 */
async function insertPlainly(job: Job, source: Source, start: Start): Promise<number> {
  const { session, options, layout } = job;
  const { reading, records } = await readingFor(job, source);
  if (layout.concerning) return insertSifted(job, start, reading, records);
  const select = normaliseSql(layout, reading, records);
  if (job.batch.id >= FIRST_STREAM_BATCH && (await stat(source.readable)).size <= READ_BY_ONE_BYTES) {
    const numbers = numberColumns(job, start, 'row_number() OVER () - 1');
    return session.run(insertSql(job, numbers, select), [], during(job, 'insert'));
  }
  await session.run(insertSql(job, [], select), [], during(job, 'insert'));
  const nth = 'rowid - (SELECT min(rowid) FROM events WHERE seq IS NULL)';
  const numbers = numbersSql(job, start, nth).map(([name, sql]) => `${name} = ${sql}`);
  return session.run(`UPDATE events SET ${numbers.join(', ')} WHERE seq IS NULL`, [], { signal: options.signal });
}

/** What no rule can concern stands in a table of its own, where it needs no columns. */
async function insertSifted(job: Job, start: Start, reading: Reading, records: Records): Promise<number> {
  const { session, layout, options } = job;
  await session.run(siftSql(layout, reading, records), [], during(job, 'insert'));
  const numbers = numberColumns(job, start, 'loaded.place');
  const { signal } = options;
  const without = 'EXCLUDE (place)';
  const events = await session.run(insertSql(job, numbers, wholeSql(layout, reading), without), [], { signal });
  const others = await session.run(
    `INSERT INTO ${OTHERS} BY NAME ${storedSql(job, numbers, OTHERS_SQL, without)}`,
    [],
    { signal },
  );
  await session.run(`DROP TABLE ${SIFTED}`);
  return events + others;
}

/** About 9,000 events: of more, several processors have their share. */
const READ_BY_ONE_BYTES = 16 * 1024 * 1024;

/** Columns that tell a record from all others, and what they hold of the one at a place in its file. */
function numbersSql({ layout }: Job, { first, place }: Start, nth: string): readonly (readonly [string, string])[] {
  const seq = ['seq', `${integerLiteral(first)} + ${nth}`] as const;
  return layout.keepText ? [seq, ['place', `${integerLiteral(place)} + ${nth}`]] : [seq];
}

const numberColumns = (job: Job, start: Start, nth: string): readonly string[] =>
  numbersSql(job, start, nth).map(([name, sql]) => `${sql} AS ${name}`);

async function readingFor(
  { layout }: Job,
  { readable, reading }: Source,
): Promise<{ readonly reading: Reading; readonly records: Records }> {
  if (reading) return { reading, records: { kind: 'parsed', sql: recordsAtOnce(readable, reading) } };
  const sql = `SELECT CAST(json AS VARCHAR) AS json FROM read_ndjson_objects(${quoteText(readable)},
    ignore_errors = true, compression = 'uncompressed', maximum_object_size = ${4 * MAX_RECORD_BYTES})`;
  return { reading: readingOf(fieldsToRead(layout), await sampleOf(readable)), records: { kind: 'lines', sql } };
}

/** Binds no values: the engine would plan it twice, and it takes as long to plan as some hundred events to store. */
const insertSql = (job: Job, numbers: readonly string[], select: string, without = ''): string =>
  `INSERT INTO events BY NAME ${storedSql(job, numbers, select, `${without} ${ingestedSql(job)}`)}`;

const storedSql = ({ batch }: Job, numbers: readonly string[], select: string, but: string): string => `
  SELECT ${[...numbers, `${integerLiteral(batch.id)} AS batch`, 'hash(id) AS id_hash'].join(', ')}, loaded.* ${but}
  FROM (${select}) AS loaded`;

const INGESTED = 'event.ingested';

/** Puts the time of arrival in place of what the records say, where the batch has one. */
function ingestedSql({ batch, layout }: Job): string {
  const column = fieldColumns(layout.catalogue).get(INGESTED);
  if (batch.ingested === undefined || column === undefined) return '';
  const spill = `CAST(nullif(CAST(json_merge_patch(spill, '{"${INGESTED}":null}') AS VARCHAR), '{}') AS JSON)`;
  return `REPLACE (${instantLiteral(batch.ingested)} AS ${quoteName(column)}, CASE WHEN spill IS NOT NULL THEN ${spill} END AS spill)`;
}

/** Takes the rows that stand for records which SQL is not sure of out again; gives their places. */
async function takeUnsure(
  { session, layout, options: { signal } }: Job,
  first: FirstNumber,
): Promise<readonly number[]> {
  const unsure = 'WHERE seq >= $first AND id IS NULL';
  const rows = await session.rows(
    `SELECT seq - $first AS place FROM ${everyEvent(layout)} ${unsure} ORDER BY place`,
    { first },
    { signal },
  );
  if (rows.length === 0) return [];
  for (const table of tablesOf(layout)) await session.run(`DELETE FROM ${table} ${unsure}`, { first }, { signal });
  return rows.map((row) => countOf(row['place']));
}

async function insertExactly(
  job: Job,
  { original }: Source,
  places: readonly number[] | 'all',
  start: Start,
): Promise<Inserted> {
  const statement = during(job, 'exact');
  const target = join(job.folder, 'exact.ndjson');
  const read = await readExactly(job.layout, original, places, target, job.options);
  if (read.accepted === 0) return read;
  const lines = `SELECT CAST(json AS VARCHAR) AS json FROM read_ndjson_objects(${quoteText(target)},
    compression = 'uncompressed', maximum_object_size = ${16 * MAX_RECORD_BYTES})`;
  const numbers = numberColumns(job, start, 'loaded.place');
  await job.session.run(insertSql(job, numbers, canonicalSql(job.layout, lines), 'EXCLUDE (place)'), [], statement);
  return read;
}
