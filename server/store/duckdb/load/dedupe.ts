import { countOf, type Session, type StatementOptions } from '../connection.ts';

/**
 * Finds events that are stored already or came before in the same file, by public id, and puts their places into the
 * temporary table `doubled`. Reads `candidates(record, id, id_hash)`. The hashes are compared first; only where one meets are
 * ids looked at, so that a file without duplicates costs one scan of eight bytes per stored event.
 */
export async function findDuplicates(session: Session, options: StatementOptions): Promise<number> {
  await session.run('CREATE OR REPLACE TEMP TABLE doubled (record BIGINT)');
  await session.run(
    `INSERT INTO doubled
    SELECT record FROM (
      SELECT record, row_number() OVER (PARTITION BY id ORDER BY record) AS nth
      FROM candidates
      WHERE id_hash IN (SELECT id_hash FROM candidates GROUP BY id_hash HAVING count(*) > 1)
    ) AS repeated WHERE nth > 1`,
    [],
    options,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE met AS
    SELECT rowid AS place, id_hash FROM events SEMI JOIN candidates USING (id_hash)`,
    [],
    options,
  );
  const [met] = await session.rows('SELECT count(*) AS events FROM met');
  if (countOf(met?.['events']) > 0) {
    await session.run(
      `INSERT INTO doubled
      SELECT DISTINCT candidates.record
      FROM candidates JOIN met USING (id_hash) JOIN events ON events.rowid = met.place
      WHERE events.id = candidates.id AND candidates.record NOT IN (SELECT record FROM doubled)`,
      [],
      options,
    );
  }
  const [found] = await session.rows('SELECT count(*) AS records FROM doubled');
  return countOf(found?.['records']);
}
