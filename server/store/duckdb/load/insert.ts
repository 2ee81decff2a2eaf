import { join } from 'node:path';
import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { countOf } from '../connection.ts';
import { quoteText } from '../sql/identifier.ts';
import { canonicalSql } from './canonical.ts';
import { readExactly } from './exact.ts';
import { canReadBySql } from './field-columns.ts';
import { during, type Job } from './job.ts';
import { type LeafReader, readPlainly, readWidely } from './leaf.ts';
import { fieldsToRead, normaliseSql } from './normalise.ts';

/** What the event at the file's first place is numbered; others follow by their places, with gaps for now. */
export type FirstNumber = bigint;

/**
 * Inserts the records of `lines` into `events`: plain ones first, those that it leaves in the wide form, the rest as the exact
 * reading decides. Each is sure of what it takes, so the outcome is the same whoever takes it. Gives the number of rows.
 */
export async function insertRecords(job: Job, source: string, records: number, first: FirstNumber): Promise<number> {
  if (!canReadBySql(fieldsToRead(job.layout))) {
    await listRemaining(job, first);
    return insertExactly(job, source, first);
  }
  const plain = await insertRead(job, 'SELECT rowid AS place, json FROM lines', readPlainly, first);
  if (plain === records) return plain;
  await listRemaining(job, first);
  const remaining = 'SELECT rowid AS place, json FROM lines WHERE rowid IN (SELECT place FROM remaining)';
  const wide = await insertRead(job, remaining, readWidely, first);
  if (plain + wide === records) return plain + wide;
  await listRemaining(job, first);
  return plain + wide + (await insertExactly(job, source, first));
}

const insertSql = (select: string, without: string, where: string): string =>
  `INSERT INTO events BY NAME
  SELECT $first + place AS seq, CAST($batch AS INTEGER) AS batch, hash(id) AS id_hash, loaded.* EXCLUDE (${without})
  FROM (${select}) AS loaded ${where}`;

function insertRead(job: Job, lines: string, read: LeafReader, first: FirstNumber): Promise<number> {
  const select = normaliseSql(job.layout, lines, read);
  const values = { first, batch: job.batch.id };
  return job.session.run(insertSql(select, 'place, sure', 'WHERE sure'), values, during(job, 'insert'));
}

/** Places of the records that are not in `events` yet. */
async function listRemaining({ session, options: { signal } }: Job, first: FirstNumber): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE remaining AS
    SELECT rowid AS place FROM lines
    WHERE rowid NOT IN (SELECT seq - $first FROM events WHERE seq >= $first)
    ORDER BY place`,
    { first },
    { signal },
  );
}

async function insertExactly(job: Job, source: string, first: FirstNumber): Promise<number> {
  const { session, layout, folder, options } = job;
  const statement = during(job, 'exact');
  const rows = await session.rows('SELECT place FROM remaining ORDER BY place', [], statement);
  const places = rows.map((row) => countOf(row['place']));
  const target = join(folder, 'exact.ndjson');
  const accepted = await readExactly(layout, source, places, target, options);
  if (accepted === 0) return 0;
  const lines = `SELECT CAST(json AS VARCHAR) AS json FROM read_ndjson_objects(${quoteText(target)},
    compression = 'uncompressed', maximum_object_size = ${16 * MAX_RECORD_BYTES})`;
  return session.run(insertSql(canonicalSql(layout, lines), 'place', ''), { first, batch: job.batch.id }, statement);
}
