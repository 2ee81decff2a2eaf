import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendOptions, AppendReport, Batch } from '#server/store/event-store.ts';
import type { Database } from '../connection.ts';
import { commitRows } from './commit.ts';
import { findDuplicates } from './dedupe.ts';
import { during, type Job } from './job.ts';
import type { Layout } from './schema.ts';
import { plainSource } from './source.ts';
import { stageRecords } from './stage.ts';

export interface Loader {
  /** See `EventStore.append`. Appends of one loader follow each other. */
  append(batch: Batch, options?: AppendOptions): Promise<AppendReport>;
}

export interface LoaderOptions {
  /** Folder for temporary files: a compressed file is expanded there. The system's own if absent. */
  readonly scratch?: string | undefined;
}

/** The loader of a database whose tables stand (`createTables`). A database has one. */
export function createLoader(database: Database, layout: Layout, { scratch = tmpdir() }: LoaderOptions = {}): Loader {
  let last: Promise<unknown> = Promise.resolve();
  return {
    append: (batch, options = {}) => {
      const report = last.then(() => appendBatch(database, layout, scratch, batch, options));
      last = report.catch(() => undefined);
      return report;
    },
  };
}

async function appendBatch(
  database: Database,
  layout: Layout,
  scratch: string,
  batch: Batch,
  options: AppendOptions,
): Promise<AppendReport> {
  options.signal?.throwIfAborted();
  const folder = await mkdtemp(join(scratch, 'oddspawn-load-'));
  const session = await database.session();
  try {
    return await load({ session, layout, batch, options, folder });
  } finally {
    session.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Expand if need be, stage outside of the transaction, drop duplicates, and store all of it or nothing. */
async function load(job: Job): Promise<AppendReport> {
  const source = await plainSource(job.batch.path, job.folder, during(job, 'expand'));
  const staged = await stageRecords(job, source);
  const duplicates = await findDuplicates(job, staged);
  const { events, window } = await commitRows(job, staged, duplicates);
  job.options.onProgress?.(1);
  return { records: staged.records, events, rejected: staged.rejected, duplicates, window };
}
