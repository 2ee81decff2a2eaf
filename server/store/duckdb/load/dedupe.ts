import { countOf } from '../connection.ts';
import type { FirstNumber } from './insert.ts';
import { during, type Job } from './job.ts';
import { FIRST_NUMBER } from './numbers.ts';
import { everyEvent, tablesOf } from './schema.ts';

/**
 * Takes out of the events from `first` on those whose public id is stored already or came before in the same file; gives their
 * number. Hashes are compared first and ids only where hashes meet, so that a file without duplicates costs one scan of
 * eight bytes per stored event.
 */
export async function dropDuplicates(job: Job, first: FirstNumber): Promise<number> {
  const { session, layout } = job;
  if (layout.anyRecord) return 0;
  const finish = during(job, 'finish');
  const run = (sql: string) => session.run(sql, { first }, { signal: finish.signal });
  const events = everyEvent(layout);
  await run(first > FIRST_NUMBER ? `${repeated(events)} ${alsoStored(events)}` : repeated(events));
  const [row] = await session.rows('SELECT count(*) AS hashes FROM repeated');
  if (countOf(row?.['hashes']) === 0) return 0;
  await run(doubled(events));
  await report(job, first);
  let dropped = 0;
  for (const table of tablesOf(layout)) {
    dropped += await run(`DELETE FROM ${table} WHERE seq >= $first AND seq IN (SELECT seq FROM doubled)`);
  }
  return dropped;
}

async function report({ session, options }: Job, first: FirstNumber): Promise<void> {
  if (!options.onDuplicate) return;
  const rows = await session.rows('SELECT seq - $first AS place FROM doubled ORDER BY place', { first });
  for (const row of rows) options.onDuplicate(countOf(row['place']));
}

/** Hashes of new ids that occur more than once: among themselves, and in what is stored where that is anything. */
const repeated = (events: string): string => `CREATE TEMP TABLE repeated AS
  WITH fresh AS (SELECT id_hash FROM ${events} WHERE seq >= $first)
  SELECT id_hash FROM fresh GROUP BY id_hash HAVING count(*) > 1`;
const alsoStored = (events: string): string =>
  `UNION SELECT id_hash FROM ${events} SEMI JOIN fresh USING (id_hash) WHERE seq < $first`;

/** The earliest of an id stays. */
const doubled = (events: string): string => `CREATE TEMP TABLE doubled AS
  SELECT seq FROM (
    SELECT seq, row_number() OVER (PARTITION BY id ORDER BY seq) AS nth
    FROM ${events} SEMI JOIN repeated USING (id_hash)
  ) AS alike
  WHERE nth > 1 AND seq >= $first`;
