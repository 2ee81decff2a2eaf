import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { linesOf, MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { countOf } from '../connection.ts';
import { quoteText } from '../sql/identifier.ts';
import { during, type Job } from './job.ts';

/**
 * Reads the file's records into the temporary table `lines(json)`, NULL for one that is no JSON; the rowid is the record's
 * place in the file, from 0. Gives their number.
 *
 * Never `columns=` with `ignore_errors`, which drops the valid line after a broken one; and places come from a table, since
 * a row number over the file itself would keep the parsing on one processor.
 */
export async function stageLines(job: Job, source: string): Promise<number> {
  await readLines(job, source);
  const [row] = await job.session.rows('SELECT count(*) AS records FROM lines');
  return countOf(row?.['records']);
}

/** The engine gives up on a line that exceeds its buffer: then the file is read again with such lines emptied of meaning. */
async function readLines(job: Job, source: string): Promise<void> {
  try {
    await job.session.run(linesSql(source), [], during(job, 'stage'));
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('maximum_object_size'))) throw error;
    const short = join(job.folder, 'short.ndjson');
    await pipeline(shortLines(source, job.options.signal), createWriteStream(short));
    await job.session.run(linesSql(short), [], during(job, 'stage'));
  }
}

const linesSql = (path: string): string =>
  `CREATE OR REPLACE TEMP TABLE lines AS
  SELECT CAST(json AS VARCHAR) AS json
  FROM read_ndjson_objects(${quoteText(path)}, ignore_errors = true, compression = 'uncompressed',
    maximum_object_size = ${4 * MAX_RECORD_BYTES})`;

/** As many lines as before; a line that is too long is no JSON any more, so that the exact reading refuses the original. */
async function* shortLines(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const newline = Buffer.from('\n');
  for await (const { bytes, cutFrom } of linesOf(path, MAX_RECORD_BYTES, signal)) {
    yield cutFrom === undefined ? bytes : Buffer.from('too long');
    yield newline;
  }
}
