import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendOptions, AppendReport, Batch, GatheredBatch, GatherOptions } from '#server/store/event-store.ts';
import { type Database, inTransaction, type Session } from '../connection.ts';
import { isUnlike, readingAtOnce } from './at-once.ts';
import { dropDuplicates } from './dedupe.ts';
import { beginGathering, endGathering, lookIntoGathering, takeGathered } from './gathering.ts';
import { type FirstNumber, type Inserted, insertRecords, type Source } from './insert.ts';
import { during, type Job } from './job.ts';
import { closeGaps, nextNumber, rememberBatch, windowFrom } from './numbers.ts';
import type { Layout } from './schema.ts';
import { hasTooLongLine, withShortLines } from './short-lines.ts';
import { plainSource } from './source.ts';
import { keepTexts, nextPlace, type PackedTexts, packTexts } from './texts.ts';

export interface Loader {
  /** See `EventStore.append`. Appends of one loader follow each other. */
  append(batch: Batch, options?: AppendOptions): Promise<AppendReport>;
  /** See `EventStore.appendParts`. Other appends have their turn between two parts. */
  appendParts(batch: GatheredBatch, options?: GatherOptions): Promise<AppendReport>;
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
  const inTurn = <Value>(work: (session: Session) => Promise<Value>): Promise<Value> => {
    const done = last.then(() => inSession(database, work));
    last = done.catch(() => undefined);
    return done;
  };
  const atWork = <Value>(job: Omit<Job, 'layout' | 'folder'>, work: (job: Job) => Promise<Value>): Promise<Value> => {
    job.options.signal?.throwIfAborted();
    return inFolder(scratch, (folder) => work({ ...job, layout, folder }));
  };
  return {
    append: (batch, options = {}) =>
      inTurn((session) => atWork({ session, batch, options, onStored }, (job) => load(job, batch.path))),
    async appendParts({ parts, ...batch }, options = {}) {
      const { beforeCommit: _whole, ...ofPart } = options;
      let all = NOTHING;
      try {
        await inTurn((session) => beginGathering(session, layout));
        for await (const path of parts) {
          const part = await inTurn(async (session) => {
            await lookIntoGathering(session);
            return atWork({ session, batch, options: ofPart }, (job) => load(job, path));
          });
          all = { records: all.records + part.records, rejected: all.rejected + part.rejected };
        }
        // How far it is, its parts have told.
        const { onProgress: _told, ...quiet } = options;
        return await inTurn((session) =>
          atWork({ session, batch, options: quiet, onStored }, (job) => storeGathered(job, all)),
        );
      } finally {
        await inTurn(endGathering);
      }
    },
  };
}

type Counted = Pick<AppendReport, 'records' | 'rejected'>;
const NOTHING: Counted = { records: 0, rejected: 0 };

async function inSession<Value>(database: Database, work: (session: Session) => Promise<Value>): Promise<Value> {
  const session = await database.session();
  try {
    return await work(session);
  } finally {
    session.close();
  }
}

async function inFolder<Value>(scratch: string, work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(scratch, 'oddspawn-load-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Expands if need be, and stores the events: at once where all records are alike, else line by line. A file with a line that the
 * engine cannot take is read once more without it.
 */
export async function load(job: Job, path: string): Promise<AppendReport> {
  const original = await plainSource(path, job.folder, during(job, 'expand'));
  const texts = job.layout.keepText ? packTexts(original, job.options.signal) : undefined;
  try {
    return await inOrder(job, () => loadPlain(job, original, texts));
  } finally {
    texts?.destroy();
  }
}

/**
 * With more than a few values in an IN, as conditions have them, the engine makes a join of it, and a join's rows come in any order.
 * The setting is the whole database's; one with conditions has nothing else to do meanwhile. It is taken back when the transaction is over:
 * a failed one obeys nothing.
 */
async function inOrder<Value>({ session, layout }: Job, work: () => Promise<Value>): Promise<Value> {
  if (!layout.concerning) return work();
  await session.run("SET disabled_optimizers = 'in_clause'");
  try {
    return await work();
  } finally {
    await session.run('RESET disabled_optimizers');
  }
}

async function loadPlain(job: Job, original: string, texts: PackedTexts | undefined): Promise<AppendReport> {
  const reading = await readingAtOnce(job, original);
  try {
    if (reading) return await store(job, { original, readable: original, reading }, texts);
  } catch (error) {
    if (!isUnlike(error)) throw error;
  }
  try {
    return await store(job, { original, readable: original }, texts);
  } catch (error) {
    if (!hasTooLongLine(error)) throw error;
    return store(job, { original, readable: await withShortLines(job, original) }, texts);
  }
}

/** Stores the events of a file in one transaction: all of it or nothing. */
async function store(job: Job, source: Source, texts: PackedTexts | undefined): Promise<AppendReport> {
  const report = await inAppend(job, async (): Promise<AppendReport> => {
    const first = await nextNumber(job.session);
    const place = texts ? await nextPlace(job) : 0;
    const { records, accepted } = await insertRecords(job, source, { first, place });
    const events = await keepNew(job, first, { records, accepted });
    if (events > 0 && texts) await keepTexts(job, texts, place);
    return stored(job, first, { records, events, rejected: records - accepted, duplicates: accepted - events });
  });
  job.options.onProgress?.(1);
  return report;
}

/** Stores what was gathered in one transaction. */
const storeGathered = (job: Job, { records, rejected }: Counted): Promise<AppendReport> =>
  inTransaction(job.session, async () => {
    const first = await nextNumber(job.session);
    const accepted = await takeGathered(job, first);
    const events = await keepNew(job, first, { records: accepted, accepted });
    return stored(job, first, { records, events, rejected, duplicates: records - rejected - events });
  });

/** Takes those out that are stored already, and numbers the others without gaps; gives how many they are. */
async function keepNew(job: Job, first: FirstNumber, { records, accepted }: Inserted): Promise<number> {
  const events = accepted - (await dropDuplicates(job, first));
  if (events < records) await closeGaps(job, first);
  return events;
}

/** Writes the batch down, and tells what is going to stand. */
async function stored(job: Job, first: FirstNumber, counts: Omit<AppendReport, 'window'>): Promise<AppendReport> {
  const { signal, isTrial, beforeCommit } = job.options;
  await rememberBatch(job, first, counts.events);
  await job.onStored?.(job.session, signal);
  signal?.throwIfAborted();
  const report = { ...counts, window: await windowFrom(job, first) };
  if (!isTrial) await beforeCommit?.(report);
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
