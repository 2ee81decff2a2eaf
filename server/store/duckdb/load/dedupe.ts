import { countOf } from '../connection.ts';
import type { Job } from './job.ts';
import type { Staged } from './stage.ts';

/**
 * Gathers the accepted records in `candidates(record, id, id_hash)` and puts those that are stored already or came before in
 * the same file, by public id, into `doubled`; gives their number. Hashes are compared first and ids only where hashes
 * meet, so that a file without duplicates costs one scan of eight bytes per stored event.
 */
export async function findDuplicates(job: Job, { exact }: Staged): Promise<number> {
  const {
    session,
    layout,
    options: { signal },
  } = job;
  const run = (sql: string) => session.run(sql, [], { signal });
  const exactRows = exact > 0 ? 'UNION ALL SELECT record, id, hash(id) AS id_hash FROM exact_rows' : '';
  await run(
    `CREATE TEMP TABLE candidates AS
    SELECT rowid AS record, id, hash(id) AS id_hash FROM staged WHERE NOT exact ${exactRows}`,
  );
  await run('CREATE TEMP TABLE doubled (record BIGINT)');
  if (layout.anyRecord) return 0;
  await run(WITHIN_FILE);
  await run('CREATE TEMP TABLE met AS SELECT rowid AS place, id_hash FROM events SEMI JOIN candidates USING (id_hash)');
  const [met] = await session.rows('SELECT count(*) AS events FROM met');
  if (countOf(met?.['events']) > 0) await run(IN_STORE);
  const [found] = await session.rows('SELECT count(*) AS records FROM doubled');
  return countOf(found?.['records']);
}

const WITHIN_FILE = `INSERT INTO doubled
  SELECT record FROM (
    SELECT record, row_number() OVER (PARTITION BY id ORDER BY record) AS nth
    FROM candidates
    WHERE id_hash IN (SELECT id_hash FROM candidates GROUP BY id_hash HAVING count(*) > 1)
  ) AS repeated
  WHERE nth > 1`;

const IN_STORE = `INSERT INTO doubled
  SELECT DISTINCT candidates.record
  FROM candidates JOIN met USING (id_hash) JOIN events ON events.rowid = met.place
  WHERE events.id = candidates.id AND candidates.record NOT IN (SELECT record FROM doubled)`;
