import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendOptions, AppendReport, Batch } from '#server/store/event-store.ts';
import { countOf, type Database, inTransaction, type Session } from '../connection.ts';
import { quoteName, quoteText } from '../sql/identifier.ts';
import { findDuplicates } from './dedupe.ts';
import { readExactly } from './exact.ts';
import { canonicalSql, normaliseSql, TIMESTAMP } from './normalise.ts';
import type { Layout } from './schema.ts';
import { plainSource } from './source.ts';

export interface Loader {
  /** See `EventStore.append`. Appends of one loader follow each other. */
  append(batch: Batch, options?: AppendOptions): Promise<AppendReport>;
}

/** The loader of a database whose tables stand. A database has one. */
export function createLoader(database: Database, layout: Layout): Loader {
  let last: Promise<unknown> = Promise.resolve();
  return {
    append: (batch, options = {}) => {
      const report = last.then(() => appendBatch(database, layout, batch, options));
      last = report.catch(() => undefined);
      return report;
    },
  };
}

async function appendBatch(
  database: Database,
  layout: Layout,
  batch: Batch,
  options: AppendOptions,
): Promise<AppendReport> {
  options.signal?.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-load-'));
  const session = await database.session();
  try {
    return await load({ session, layout, batch, options, folder });
  } finally {
    session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Load {
  readonly session: Session;
  readonly layout: Layout;
  readonly batch: Batch;
  readonly options: AppendOptions;
  /** For files of this append. */
  readonly folder: string;
}

/** Shares of an append's time, for its progress. */
const READING = 0.1;
const STAGING = 0.7;

async function load(job: Load): Promise<AppendReport> {
  const { session, options } = job;
  const source = await plainSource(job.batch.path, job.folder, options.signal);
  await stage(job, source);
  const [staged] = await session.rows('SELECT count(*) AS records, count(*) FILTER (exact) AS exact FROM staged');
  const records = countOf(staged?.['records']);
  const exact = countOf(staged?.['exact']);
  const accepted = exact > 0 ? await stageExact(job, source) : 0;
  await gatherCandidates(session, accepted > 0);
  const duplicates = await findDuplicates(session, { signal: options.signal });
  const isWhole = exact === 0 && duplicates === 0;
  const window = await store(job, isWhole, accepted > 0);
  const rejected = exact - accepted;
  options.onProgress?.(1);
  return { records, events: records - rejected - duplicates, rejected, duplicates, window };
}

/** Records of NDJSON; a line that is no JSON is NULL. Never `columns=` with `ignore_errors`: it drops the next valid line. */
const recordsOf = (path: string): string =>
  `SELECT CAST(json AS VARCHAR) AS json
  FROM read_ndjson_objects(${quoteText(path)}, ignore_errors = true, compression = 'uncompressed')`;

/** Reads the file into `staged`, whose rowid is the record's place in the file, from 0. */
async function stage({ session, layout, options }: Load, source: string): Promise<void> {
  const onProgress = options.onProgress && ((share: number) => options.onProgress?.(READING + share * STAGING));
  await session.run(`CREATE TEMP TABLE staged AS ${normaliseSql(layout, recordsOf(source))}`, [], {
    signal: options.signal,
    onProgress,
  });
}

/** Has the undecided records read exactly, into `exact_rows`; gives how many were accepted. */
async function stageExact({ session, layout, options, folder }: Load, source: string): Promise<number> {
  const rows = await session.rows('SELECT rowid AS record FROM staged WHERE exact ORDER BY rowid');
  const places = rows.map((row) => countOf(row['record']));
  const target = join(folder, 'exact.ndjson');
  const accepted = await readExactly(layout, source, places, target, options);
  if (accepted > 0) {
    const records = `SELECT CAST(json AS VARCHAR) AS json FROM read_ndjson_objects(${quoteText(target)},
      maximum_object_size = 67108864, compression = 'uncompressed')`;
    await session.run(
      `CREATE TEMP TABLE exact_rows AS ${canonicalSql(layout, records)}`,
      [],
      options.signal && { signal: options.signal },
    );
  }
  return accepted;
}

async function gatherCandidates(session: Session, hasExact: boolean): Promise<void> {
  const exact = hasExact ? 'UNION ALL SELECT record, id, hash(id) AS id_hash FROM exact_rows' : '';
  await session.run(
    `CREATE TEMP TABLE candidates AS
    SELECT rowid AS record, id, hash(id) AS id_hash FROM staged WHERE NOT exact ${exact}`,
  );
}

/** Moves the accepted rows into `events`, all or none, numbered in the order of the file without gaps. */
async function store(job: Load, isWhole: boolean, hasExact: boolean): Promise<AppendReport['window']> {
  const { session, options } = job;
  if (!isWhole) {
    await session.run(
      'CREATE TEMP TABLE kept AS SELECT record FROM candidates ANTI JOIN doubled USING (record) ORDER BY record',
    );
  }
  return inTransaction(session, async () => {
    const first = await nextNumber(session);
    const onProgress =
      options.onProgress &&
      ((share: number) => options.onProgress?.(STAGING + READING + share * (1 - STAGING - READING)));
    const watched = { signal: options.signal, onProgress };
    const insert = (from: string, seq: string, without: string) =>
      session.run(
        `INSERT INTO events BY NAME
        SELECT $first + ${seq} AS seq, CAST($batch AS INTEGER) AS batch, hash(id) AS id_hash, loaded.* EXCLUDE (${without}) FROM ${from}`,
        { first: BigInt(first), batch: job.batch.id },
        watched,
      );
    let events = 0;
    if (isWhole) events = await insert('staged AS loaded', 'loaded.rowid', 'exact');
    else {
      events = await insert(
        'staged AS loaded JOIN kept ON kept.record = loaded.rowid AND NOT loaded.exact',
        'kept.rowid',
        'exact',
      );
      if (hasExact) events += await insert('exact_rows AS loaded JOIN kept USING (record)', 'kept.rowid', 'record');
    }
    await session.run('INSERT INTO batches VALUES ($batch, $first, $events)', {
      batch: job.batch.id,
      first: BigInt(first),
      events: BigInt(events),
    });
    return windowFrom(job, first);
  });
}

async function nextNumber(session: Session): Promise<number> {
  const [row] = await session.rows('SELECT max(first_seq + events) AS next FROM batches');
  return row?.['next'] ? countOf(row['next']) : 1;
}

async function windowFrom({ session, layout }: Load, first: number): Promise<AppendReport['window']> {
  if (layout.catalogue.find(TIMESTAMP)?.type !== 'date') return null;
  const time = `epoch_ms(${quoteName(TIMESTAMP)})`;
  const [row] = await session.rows(
    `SELECT min(${time}) AS first, max(${time}) AS last FROM events WHERE seq >= $first`,
    {
      first: BigInt(first),
    },
  );
  const from = row?.['first'];
  return from === null || from === undefined ? null : { from: countOf(from), to: countOf(row?.['last']) };
}
