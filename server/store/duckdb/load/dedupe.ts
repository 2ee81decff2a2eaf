import { countOf } from '../connection.ts';
import type { FirstNumber } from './insert.ts';
import { during, type Job } from './job.ts';
import { FIRST_NUMBER } from './numbers.ts';

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
  await run(first > FIRST_NUMBER ? `${REPEATED} ${ALSO_STORED}` : REPEATED);
  const [row] = await session.rows('SELECT count(*) AS hashes FROM repeated');
  if (countOf(row?.['hashes']) === 0) return 0;
  await run(DOUBLED);
  await report(job, first);
  return run('DELETE FROM events WHERE seq >= $first AND seq IN (SELECT seq FROM doubled)');
}

async function report({ session, options }: Job, first: FirstNumber): Promise<void> {
  if (!options.onDuplicate) return;
  const rows = await session.rows('SELECT seq - $first AS place FROM doubled ORDER BY place', { first });
  for (const row of rows) options.onDuplicate(countOf(row['place']));
}

/** Hashes of new ids that occur more than once: among themselves, and in what is stored where that is anything. */
const REPEATED = `CREATE TEMP TABLE repeated AS
  WITH fresh AS (SELECT id_hash FROM events WHERE seq >= $first)
  SELECT id_hash FROM fresh GROUP BY id_hash HAVING count(*) > 1`;
const ALSO_STORED = 'UNION SELECT id_hash FROM events SEMI JOIN fresh USING (id_hash) WHERE seq < $first';

/** The earliest of an id stays. */
const DOUBLED = `CREATE TEMP TABLE doubled AS
  SELECT seq FROM (
    SELECT seq, row_number() OVER (PARTITION BY id ORDER BY seq) AS nth
    FROM events SEMI JOIN repeated USING (id_hash)
  ) AS alike
  WHERE nth > 1 AND seq >= $first`;
