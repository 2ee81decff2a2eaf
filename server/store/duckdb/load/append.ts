import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendOptions, AppendReport, Batch } from '#server/store/event-store.ts';
import { type Database, inTransaction } from '../connection.ts';
import { isUnlike, readingAtOnce } from './at-once.ts';
import { dropDuplicates } from './dedupe.ts';
import { insertRecords, type Source } from './insert.ts';
import { during, type Job } from './job.ts';
import { closeGaps, nextNumber, rememberBatch, windowFrom } from './numbers.ts';
import type { Layout } from './schema.ts';
import { hasTooLongLine, withShortLines } from './short-lines.ts';
import { plainSource } from './source.ts';
import { keepTexts, nextPlace } from './texts.ts';

export interface Loader {
  /** See `EventStore.append`. Appends of one loader follow each other. */
  append(batch: Batch, options?: AppendOptions): Promise<AppendReport>;
}

export interface LoaderOptions {
  /** Folder for temporary files: a compressed file is expanded there. The system's own if absent. */
  readonly scratch?: string | undefined;
  /** Called when the events of an append stand, before its transaction ends. */
  readonly onStored?: Job['onStored'];
}

/** The loader of a database whose tables stand (`createTables`). A database has one. */
export function createLoader(
  database: Database,
  layout: Layout,
  { scratch = tmpdir(), onStored }: LoaderOptions = {},
): Loader {
  let last: Promise<unknown> = Promise.resolve();
  return {
    append: (batch, options = {}) => {
      const report = last.then(() => appendBatch(database, scratch, { layout, batch, options, onStored }));
      last = report.catch(() => undefined);
      return report;
    },
  };
}

async function appendBatch(
  database: Database,
  scratch: string,
  job: Omit<Job, 'session' | 'folder'>,
): Promise<AppendReport> {
  job.options.signal?.throwIfAborted();
  const folder = await mkdtemp(join(scratch, 'oddspawn-load-'));
  const session = await database.session();
  try {
    return await load({ ...job, session, folder });
  } finally {
    session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Expands if need be, and stores the events: at once where all records are alike, else line by line. A file with a line that the
 * engine cannot take is read once more without it.
 */
async function load(job: Job): Promise<AppendReport> {
  const original = await plainSource(job.batch.path, job.folder, during(job, 'expand'));
  const reading = await readingAtOnce(job, original);
  try {
    if (reading) return await store(job, { original, readable: original, reading });
  } catch (error) {
    if (!isUnlike(error)) throw error;
  }
  return loadLines(job, original);
}

async function loadLines(job: Job, original: string): Promise<AppendReport> {
  try {
    return await store(job, { original, readable: original });
  } catch (error) {
    if (!hasTooLongLine(error)) throw error;
    return store(job, { original, readable: await withShortLines(job, original) });
  }
}

/** Stores the events of a file in one transaction: all of it or nothing. */
async function store(job: Job, source: Source): Promise<AppendReport> {
  const report = await inAppend(job, async (): Promise<AppendReport> => {
    const first = await nextNumber(job.session);
    const place = job.layout.keepText ? await nextPlace(job) : 0;
    const { records, accepted } = await insertRecords(job, source, { first, place });
    const duplicates = await dropDuplicates(job, first);
    const events = accepted - duplicates;
    if (events < records) await closeGaps(job, first);
    if (events > 0 && job.layout.keepText) await keepTexts(job, source.original, place);
    await rememberBatch(job, first, events);
    await job.onStored?.(job.session, job.options.signal);
    job.options.signal?.throwIfAborted();
    const window = await windowFrom(job, first);
    return { records, events, rejected: records - accepted, duplicates, window };
  });
  job.options.onProgress?.(1);
  return report;
}

/** The trial of an append has gone well, and is taken back. */
class TrialOver extends Error {
  readonly report: AppendReport;

  constructor(report: AppendReport) {
    super('trial');
    this.report = report;
  }
}

/** In a transaction; that of a trial never ends well. */
async function inAppend({ session, options }: Job, work: () => Promise<AppendReport>): Promise<AppendReport> {
  try {
    return await inTransaction(session, async () => {
      const report = await work();
      if (options.isTrial) throw new TrialOver(report);
      return report;
    });
  } catch (error) {
    if (error instanceof TrialOver) return error.report;
    throw error;
  }
}
