import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { countOf, type Database, openDatabase, type Session } from './connection.ts';
import { claimLayout } from './layout.ts';
import { createLoader, type Loader } from './load/append.ts';
import { createTables, type Layout } from './load/schema.ts';
import { quoteText } from './sql/identifier.ts';
import { type StoredRecord, storedRecords } from './stored-records.ts';

export interface Rebuilding {
  /** The store's file, closed. */
  readonly path: string;
  /** What its tables are to be. */
  readonly layout: Layout;
  readonly memoryLimit?: string | undefined;
  readonly spillFolder?: string | undefined;
}

/** Rows that are read and appended at once. */
const AT_ONCE = 20_000;

/**
 * Reads the kept texts of a store once more, into tables of another layout. Events keep their numbers, their batches and their
 * time of arrival; a value that the old layout left out is there afterwards. The new file grows beside the old one and takes
 * its place in one step when it is whole: whatever happens before, the old one is as it was, and the next start begins anew.
 *
 * Gives the number of events. Rejects where the store has no texts to read.
 */
export async function rebuildStore(rebuilding: Rebuilding): Promise<number> {
  const { path, layout, memoryLimit, spillFolder } = rebuilding;
  const beside = `${path}.rebuild`;
  await removeDatabase(beside);
  const scratch = await mkdtemp(join(spillFolder ?? tmpdir(), 'oddspawn-rebuild-'));
  try {
    const database = await openDatabase({ path: beside, memoryLimit, spillFolder });
    const events = await closing(database, () => copy(database, layout, path, scratch));
    await takePlace(beside, path);
    return events;
  } catch (error) {
    await removeDatabase(beside);
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function closing<Value>(database: Database, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } finally {
    database.close();
  }
}

async function copy(database: Database, layout: Layout, path: string, scratch: string): Promise<number> {
  const session = await database.session();
  try {
    await session.run(`ATTACH ${quoteText(path)} AS old`);
    await claimLayout(session, layout);
    await createTables(session, layout);
    const loader = createLoader(database, layout, { scratch });
    const events = await copyBatches(session, loader, join(scratch, 'records.ndjson'));
    await session.run('DELETE FROM batches');
    await session.run('INSERT INTO batches BY NAME SELECT * FROM old.batches');
    await session.run('CHECKPOINT old');
    await session.run('DETACH old');
    await session.run('CHECKPOINT');
    return events;
  } finally {
    session.close();
  }
}

async function copyBatches(session: Session, loader: Loader, file: string): Promise<number> {
  let events = 0;
  const batches = await session.rows('SELECT batch, min(seq) AS first FROM old.events GROUP BY batch ORDER BY first');
  for (const row of batches) {
    const batch = countOf(row['batch']);
    const ingested = await arrivalOf(session, batch);
    for await (const records of storedRecords(session, batch, AT_ONCE)) {
      await pipeline(
        records.map(({ text }) => `${text}\n`),
        createWriteStream(file),
      );
      const report = await loader.append({ id: batch, path: file, ...(ingested !== null && { ingested }) });
      await renumber(session, records, report.events);
      events += report.events;
    }
  }
  return events;
}

/** The time of arrival that all events of a batch have alike, where they have one. */
async function arrivalOf(session: Session, batch: number): Promise<number | null> {
  const columns = await session.rows(
    `SELECT 1 FROM duckdb_columns() WHERE database_name = 'old' AND table_name = 'events' AND column_name = 'event.ingested'`,
  );
  if (columns.length === 0) return null;
  const [row] = await session.rows(
    `SELECT epoch_ms(min("event.ingested")) AS first, epoch_ms(max("event.ingested")) AS last, count(*) - count("event.ingested") AS none
    FROM old.events WHERE batch = $1`,
    [batch],
  );
  const isAlike = row?.['first'] !== null && row?.['first'] === row?.['last'] && countOf(row?.['none']) === 0;
  return isAlike ? countOf(row?.['first']) : null;
}

/**
 * Gives the events just appended the numbers that they had. Where the new layout takes fewer of the records, those left are
 * numbered from the same first one.
 */
async function renumber(session: Session, records: readonly StoredRecord[], events: number): Promise<void> {
  const [first] = records;
  if (!first) return;
  const numbers = events === records.length ? records.map(({ number }) => number) : null;
  const next = (records.at(-1)?.number ?? first.number) + 1;
  const [appended] = await session.rows('SELECT max(first_seq) AS seq FROM batches');
  const given = countOf(appended?.['seq']);
  const old = numbers
    ? `from_json($old, '["BIGINT"]')[CAST(seq - $given + 1 AS BIGINT)]`
    : 'seq - $given + CAST($old AS BIGINT)';
  await session.run(`UPDATE events SET seq = ${old} WHERE seq >= $given`, {
    old: numbers ? JSON.stringify(numbers) : String(first.number),
    given: BigInt(given),
  });
  await session.run('UPDATE batches SET first_seq = $next, events = 0 WHERE first_seq = $given', {
    next: BigInt(next),
    given: BigInt(given),
  });
}

/** The file has been closed, and so has no log beside it; one of the old file would be taken for its own. */
async function takePlace(beside: string, path: string): Promise<void> {
  await rm(`${path}.wal`, { force: true });
  await rename(beside, path);
  const folder = await open(dirname(path));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function removeDatabase(path: string): Promise<void> {
  for (const name of [path, `${path}.wal`]) await rm(name, { force: true });
}
