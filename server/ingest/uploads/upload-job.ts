import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evaluation } from '#server/alerts/evaluation.ts';
import { uploadedSource } from '#server/ingest/source-settings.ts';
import { describeMapped } from '#server/mappings/describe.ts';
import { type LoadableFile, mapFile } from '#server/mappings/map-file.ts';
import type { AppendReport, EventStore, Reject } from '#server/store/event-store.ts';
import type { RuleRun } from '#shared/api/rules.ts';
import { formatInstant, type Instant } from '#shared/base/time.ts';
import { appendInParts } from './append-in-parts.ts';
import { openQuarantine } from './quarantine.ts';
import { readCounts, type UploadCounts, uploadCounts, writeCounts } from './upload-counts.ts';
import { linesColumn, type UploadRow } from './upload-records.ts';

/** Where the bytes of an upload wait, and where its rejected records stay. Ids name the files, never what a sender wrote. */
export const spoolPath = (folder: string, id: string): string => join(folder, 'spool', id);
const workPath = (folder: string, id: string): string => `${spoolPath(folder, id)}.work`;
const countsPath = (folder: string, id: string): string => `${spoolPath(folder, id)}.counts`;
export const quarantinePath = (folder: string, id: string): string => join(folder, 'quarantine', `${id}.ndjson`);

/** Removes every file of an upload. */
export async function removeFiles(folder: string, id: string): Promise<void> {
  await removeSpooled(folder, id);
  await rm(quarantinePath(folder, id), { force: true });
}

/** Removes the bytes of an upload and what was made of them on the way. */
export async function removeSpooled(folder: string, id: string): Promise<void> {
  const spooled = spoolPath(folder, id);
  for (const path of [spooled, `${spooled}.part`, workPath(folder, id), countsPath(folder, id)]) {
    await rm(path, { force: true, recursive: true });
  }
}

/** Removes what a process that was killed has left in the spool, of uploads that are not to be taken up again. */
export async function sweepSpool(folder: string, unfinished: readonly UploadRow[]): Promise<void> {
  const wanted = new Set(unfinished.flatMap(({ id }) => [spoolPath(folder, id), countsPath(folder, id)]));
  for (const name of await readdir(join(folder, 'spool'))) {
    const path = join(folder, 'spool', name);
    if (!wanted.has(path)) await rm(path, { force: true, recursive: true });
  }
}

interface LoadContext {
  readonly store: EventStore;
  /** Data folder. */
  readonly folder: string;
  readonly partBytes: number;
}

export interface LoadObserver {
  readonly onProgress: (share: number) => void;
  readonly onReject: (count: number) => void;
}

const SPLIT_NOTE = 'Merged documents are stored as one event an action, as set for this kind of source.';

/**
 * Stores the spooled file as its batch, foreign records as ECS documents, merged ones split where its kind of source is among
 * `split`; gives what that changes in its row. A disk that refuses the quarantine stops the load.
 */
export async function loadSpooled(
  { store, folder, partBytes }: LoadContext,
  upload: UploadRow,
  controller: AbortController,
  split: ReadonlySet<string>,
  observer: LoadObserver,
): Promise<UploadCounts> {
  const quarantine = openQuarantine(quarantinePath(folder, upload.id));
  const onReject = (reject: Reject): void => {
    try {
      quarantine.add(reject);
      observer.onReject(quarantine.count);
    } catch (error) {
      controller.abort(error);
    }
  };
  const work = workPath(folder, upload.id);
  const { signal } = controller;
  const started = performance.now();
  try {
    await rm(work, { force: true, recursive: true });
    await mkdir(work);
    const host = upload.name;
    const splits = ({ name }: { readonly name: string }): boolean => split.has(uploadedSource(name));
    const file = await mapFile(spoolPath(folder, upload.id), { folder: work, host, signal, splits, onReject });
    signal.throwIfAborted();
    const notes = [
      ...(file.mapped ? describeMapped(file.source, file.mapped) : []),
      ...(splits(file.source) ? [SPLIT_NOTE] : []),
    ];
    const countsOf = (report: AppendReport): UploadCounts =>
      uploadCounts(wholeReport(report, file), file.source.name, notes, performance.now() - started);
    const report = await appendInParts(
      store,
      { id: upload.batch, path: file.path },
      {
        signal,
        onProgress: observer.onProgress,
        onReject: (reject) => onReject(file.original(reject)),
        async beforeCommit(stored) {
          quarantine.sync();
          await writeCounts(countsPath(folder, upload.id), countsOf(stored));
        },
      },
      { scratch: join(work, 'part.ndjson'), partBytes },
    );
    return countsOf(report);
  } finally {
    quarantine.close();
    await rm(work, { force: true, recursive: true });
  }
}

/** The loader has not seen what could not be mapped. */
function wholeReport(report: AppendReport, { mapped }: LoadableFile): AppendReport {
  const unmapped = mapped?.rejected ?? 0;
  return { ...report, records: report.records + unmapped, rejected: report.rejected + unmapped };
}

/** What was counted of an upload whose events the store has; null where it was not written down. */
export const storedCounts = (folder: string, { id }: UploadRow): Promise<UploadCounts | null> =>
  readCounts(countsPath(folder, id));

/** What the end of an upload changes in its row: alerts raised, and what the rules could not judge. */
export function finished(
  now: Instant,
  notes: readonly string[],
  evaluations: readonly Evaluation[],
  runs: readonly RuleRun[],
) {
  return {
    status: 'done',
    alertsRaised: runs.reduce((sum, run) => sum + run.alertsRaised, 0),
    notes: linesColumn.write([...notes, ...evaluations.flatMap(notesOf)]),
    finishedAt: formatInstant(now),
  };
}

function notesOf({ rule, skipped, warnings, error }: Evaluation): string[] {
  return [
    ...(error === null ? [] : [`could not be evaluated: ${error}`]),
    ...skipped.map(({ reason, events }) => `${events} events not judged: ${reason}`),
    ...warnings,
  ].map((note) => `${rule.name}: ${note}`);
}
