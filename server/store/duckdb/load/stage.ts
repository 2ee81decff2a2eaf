import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { countOf } from '../connection.ts';
import { quoteText } from '../sql/identifier.ts';
import { readExactly } from './exact.ts';
import { during, type Job } from './job.ts';
import { linesOf } from './lines.ts';
import { canonicalSql, MAX_RECORD_BYTES, normaliseSql } from './normalise.ts';

/** What became of a file's records. */
export interface Staged {
  readonly records: number;
  /** Records that the exact path took, in `exact_rows`. */
  readonly exact: number;
  readonly rejected: number;
}

/**
 * Reads the file into the temporary tables `staged` (its rowid is the record's place in the file, from 0; rows with `exact`
 * mean nothing) and `exact_rows` (with the place as `record`).
 */
export async function stageRecords(job: Job, source: string): Promise<Staged> {
  await stageLines(job, source);
  const [row] = await job.session.rows('SELECT count(*) AS records, count(*) FILTER (exact) AS exact FROM staged');
  const undecided = countOf(row?.['exact']);
  const exact = undecided > 0 ? await stageExact(job, source) : 0;
  return { records: countOf(row?.['records']), exact, rejected: undecided - exact };
}

/** Lines of NDJSON; one that is no JSON is NULL. Never `columns=` with `ignore_errors`: it drops the next valid line. */
const recordsOf = (path: string): string =>
  `SELECT CAST(json AS VARCHAR) AS json
  FROM read_ndjson_objects(${quoteText(path)}, ignore_errors = true, compression = 'uncompressed',
    maximum_object_size = ${4 * MAX_RECORD_BYTES})`;

/** The engine gives up on a line that exceeds its buffer: then the file is read again with such lines emptied of meaning. */
async function stageLines(job: Job, source: string): Promise<void> {
  const create = (path: string) =>
    job.session.run(
      `CREATE OR REPLACE TEMP TABLE staged AS ${normaliseSql(job.layout, recordsOf(path))}`,
      [],
      during(job, 'stage'),
    );
  try {
    await create(source);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('maximum_object_size'))) throw error;
    const short = join(job.folder, 'short.ndjson');
    await pipeline(shortLines(source, job.options.signal), createWriteStream(short));
    await create(short);
  }
}

/** As many lines as before; a line that is too long is no JSON any more, so that the exact path refuses the original. */
async function* shortLines(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const newline = Buffer.from('\n');
  for await (const { bytes, cutFrom } of linesOf(path, MAX_RECORD_BYTES, signal)) {
    yield cutFrom === undefined ? bytes : Buffer.from('too long');
    yield newline;
  }
}

/** Has the undecided records read exactly; gives how many were accepted. */
async function stageExact(job: Job, source: string): Promise<number> {
  const { session, layout, folder, options } = job;
  const statement = during(job, 'exact');
  const rows = await session.rows('SELECT rowid AS record FROM staged WHERE exact ORDER BY rowid', [], statement);
  const places = rows.map((row) => countOf(row['record']));
  const target = join(folder, 'exact.ndjson');
  const accepted = await readExactly(layout, source, places, target, options);
  if (accepted > 0) {
    const lines = `SELECT CAST(json AS VARCHAR) AS json FROM read_ndjson_objects(${quoteText(target)},
      compression = 'uncompressed', maximum_object_size = ${16 * MAX_RECORD_BYTES})`;
    await session.run(`CREATE TEMP TABLE exact_rows AS ${canonicalSql(layout, lines)}`, [], statement);
  }
  return accepted;
}
