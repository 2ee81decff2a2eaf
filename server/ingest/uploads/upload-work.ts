import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { commitEvaluations, type Evaluation } from '#server/alerts/evaluation.ts';
import type { IngestContext } from '#server/ingest/ingest-context.ts';
import { sourcesToSplit } from '#server/ingest/source-settings.ts';
import { type Author, recordActivity, SYSTEM } from '#server/state/activity.ts';
import { Cancelled, ShuttingDown } from '#server/timing/work-list.ts';
import { must } from '#shared/base/assert.ts';
import { formatInstant, type Instant, parseInstant } from '#shared/base/time.ts';
import type { Sample } from './samples.ts';
import { finished, loadSpooled, removeFiles, removeSpooled, spoolPath, storedCounts } from './upload-job.ts';
import { linesColumn, renumberUpload, type UploadRow, type UploadWork, updateUpload } from './upload-records.ts';

/** What uploads are worked on with; their rules are all that are enabled. */
export interface UploadContext extends IngestContext {
  /** Data folder; holds `spool` and `quarantine`. */
  readonly folder: string;
  /** Of a file that is appended at once. */
  readonly partBytes: number;
}

type Change = Parameters<typeof updateUpload>[2];

/** Changes an upload's row together with its line in the audit log. */
export const recordUpload = (
  { state }: UploadContext,
  author: Author,
  row: UploadRow,
  change: Change,
  entry: { readonly action: string; readonly detail: string },
): Promise<UploadRow> =>
  state.transaction().execute(async (transaction) => {
    await recordActivity(transaction, author, [{ subject: 'upload', subjectId: row.id, ...entry }]);
    return updateUpload(transaction, row.id, change);
  });

const system = (context: UploadContext): Author => ({ actor: SYSTEM, now: context.clock() });

/** Writes a sample to the spool, as if it had been sent. */
export async function prepareSample(
  context: UploadContext,
  row: UploadRow,
  sample: Sample,
  signal: AbortSignal,
): Promise<UploadRow> {
  const path = spoolPath(context.folder, row.id);
  await sample.write(path, signal);
  const { size } = await stat(path);
  return updateUpload(context.state, row.id, { status: 'loading', bytesReceived: size, bytesExpected: size });
}

/**
 * Takes up an interrupted upload. One whose events are stored has only its rules to be run, whether or not its row says so yet;
 * what the store may have of one that was being given up is forgotten, and it is loaded again.
 */
export async function takeUp(
  { state, store, folder }: UploadContext,
  row: UploadRow,
  work: UploadWork,
): Promise<UploadRow> {
  const isStored = (await store.stored(row.batch)) !== null;
  if (isStored && row.status === 'evaluating') {
    work.keep();
    return row;
  }
  const counts = isStored ? await storedCounts(folder, row) : null;
  if (counts) {
    work.keep();
    work.report({ rejected: counts.rejected });
    return updateUpload(state, row.id, { ...counts, status: 'evaluating' });
  }
  await store.remove(row.batch);
  return renumberUpload(state, row);
}

/** From the spooled file to alerts. Rejects where anything stops it; then `settle` cleans up. */
export async function processUpload(context: UploadContext, row: UploadRow, work: UploadWork): Promise<void> {
  const stored = row.status === 'evaluating' ? row : await loadUpload(context, row, work);
  const { windowFrom, windowTo } = stored;
  const range = windowFrom === null || windowTo === null ? null : { from: at(windowFrom), to: at(windowTo) };
  const signal = work.keep();
  const evaluations = range ? await context.evaluate(range, signal) : [];
  signal.throwIfAborted();
  await finish(context, stored, evaluations);
}

const at = (text: string): Instant => must(parseInstant(text), 'time that was written down');

async function loadUpload(context: UploadContext, row: UploadRow, work: UploadWork): Promise<UploadRow> {
  work.signal.throwIfAborted();
  work.report({ bytesReceived: row.bytesReceived, progress: 0 });
  const split = await sourcesToSplit(context.state);
  const counts = await loadSpooled(context, row, work.controller, split, {
    onProgress: (progress) => work.report({ progress }),
    onReject: (rejected) => work.report({ rejected }),
  });
  // Whoever cancels now comes too late: its events have been seen.
  work.keep();
  work.report({ progress: null, rejected: counts.rejected });
  return updateUpload(context.state, row.id, { ...counts, status: 'evaluating' });
}

async function finish(context: UploadContext, row: UploadRow, evaluations: readonly Evaluation[]): Promise<void> {
  const author = system(context);
  await context.state.transaction().execute(async (transaction) => {
    const runs = await commitEvaluations(transaction, author, evaluations);
    const entry = {
      subject: 'upload',
      subjectId: row.id,
      action: 'done',
      detail: `${row.events} events stored`,
    } as const;
    await recordActivity(transaction, author, [entry]);
    await updateUpload(transaction, row.id, finished(author.now, linesColumn.read(row.notes), evaluations, runs));
  });
  await removeSpooled(context.folder, row.id);
  context.publish('uploads', 'events', 'alerts', 'rules');
}

/**
 * Ends an upload that did not come through, so that nothing of it stays; events that are stored stay, and it says so. At
 * shutdown it is left as it is: the next start takes it up again.
 */
export async function settle(context: UploadContext, row: UploadRow, work: UploadWork, error: unknown): Promise<void> {
  const isAborted = work.signal.aborted && (!work.isKept || work.signal.reason instanceof ShuttingDown);
  const reason: unknown = isAborted ? work.signal.reason : error;
  if (reason instanceof ShuttingDown) return;
  const { author, status, detail } = endingOf(context, reason);
  if (work.isKept) {
    const problem = `Its events are stored, but it did not come to its end: ${detail}`;
    const change = { status, error: problem, finishedAt: formatInstant(author.now) };
    await recordUpload(context, author, row, change, { action: status, detail: problem });
    await removeSpooled(context.folder, row.id);
    return;
  }
  const emptied = { records: 0, events: 0, duplicates: 0, rejected: 0, finishedAt: formatInstant(author.now) };
  const change = { ...emptied, status, error: status === 'failed' ? detail : null };
  const record = () => recordUpload(context, author, row, change, { action: status, detail });
  // Cancelled is cancelled, whenever the program may end from here on: it gathers in the store and is dropped at the next
  // start. One that failed first gives back its room, for want of which it may have failed.
  if (status === 'cancelled') await record();
  await forget(context, row);
  if (status !== 'cancelled') await record();
}

function endingOf(context: UploadContext, reason: unknown): { author: Author; status: string; detail: string } {
  const author = system(context);
  if (reason instanceof Cancelled) {
    return { author: { ...author, actor: reason.actor }, status: 'cancelled', detail: 'nothing of it was kept' };
  }
  // The message may quote records: it belongs into the console, not into the log.
  context.log.warn({ kind: reason instanceof Error ? reason.name : typeof reason }, 'upload failed');
  return { author, status: 'failed', detail: reason instanceof Error ? reason.message : String(reason) };
}

async function forget(context: UploadContext, row: UploadRow): Promise<void> {
  try {
    await context.store.remove(row.batch);
  } catch (error) {
    context.log.error({ err: error, upload: row.id }, 'batch could not be removed');
  }
  await removeFiles(context.folder, row.id);
}

export const isSpooled = (context: UploadContext, row: UploadRow): boolean =>
  existsSync(spoolPath(context.folder, row.id));
