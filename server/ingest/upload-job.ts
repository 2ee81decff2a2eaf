import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evaluation } from '#server/alerts/evaluation.ts';
import { describeMapped } from '#server/mappings/describe.ts';
import { type LoadableFile, mapFile } from '#server/mappings/map-file.ts';
import type { AppendReport, EventStore, Reject } from '#server/store/event-store.ts';
import type { RuleRun } from '#shared/api/rules.ts';
import { formatInstant, type Instant, SECOND } from '#shared/base/time.ts';
import { appendInParts } from './append-in-parts.ts';
import { openQuarantine } from './quarantine.ts';
import { uploadedSource } from './source-settings.ts';
import { linesColumn, type UploadRow } from './upload-records.ts';

/** Where the bytes of an upload wait, and where its rejected records stay. Ids name the files, never what a sender wrote. */
export const spoolPath = (folder: string, id: string): string => join(folder, 'spool', id);
const workPath = (folder: string, id: string): string => `${spoolPath(folder, id)}.work`;
export const quarantinePath = (folder: string, id: string): string => join(folder, 'quarantine', `${id}.ndjson`);

/** Removes every file of an upload. */
export async function removeFiles(folder: string, id: string): Promise<void> {
  await removeSpooled(folder, id);
  await rm(quarantinePath(folder, id), { force: true });
}

/** Removes the bytes of an upload and what was made of them on the way. */
export async function removeSpooled(folder: string, id: string): Promise<void> {
  for (const path of [spoolPath(folder, id), `${spoolPath(folder, id)}.part`, workPath(folder, id)]) {
    await rm(path, { force: true, recursive: true });
  }
}

/** Removes what a process that was killed has left in the spool, of uploads that are not to be taken up again. */
export async function sweepSpool(folder: string, unfinished: readonly UploadRow[]): Promise<void> {
  const wanted = new Set(unfinished.map((row) => row.id));
  for (const name of await readdir(join(folder, 'spool'))) {
    if (!wanted.has(name)) await rm(join(folder, 'spool', name), { force: true, recursive: true });
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

/** What came of a file: the report counts its own lines, also those that no mapping could use. */
export interface Loaded {
  readonly report: AppendReport;
  /** Name of the mapping. */
  readonly recognised: string;
  /** For its sender: what it was recognised as, what was skipped. */
  readonly notes: readonly string[];
}

/**
 * Stores the spooled file as its batch, foreign records as ECS documents, merged ones split where its kind of source is among
 * `split`. A disk that refuses the quarantine stops the load.
 */
export async function loadSpooled(
  { store, folder, partBytes }: LoadContext,
  upload: UploadRow,
  controller: AbortController,
  split: ReadonlySet<string>,
  observer: LoadObserver,
): Promise<Loaded> {
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
  try {
    await rm(work, { force: true, recursive: true });
    await mkdir(work);
    const host = upload.name;
    const splits = ({ name }: { readonly name: string }): boolean => split.has(uploadedSource(name));
    const file = await mapFile(spoolPath(folder, upload.id), { folder: work, host, signal, splits, onReject });
    signal.throwIfAborted();
    const report = await appendInParts(
      store,
      { id: upload.batch, path: file.path },
      { signal, onProgress: observer.onProgress, onReject: (reject) => onReject(file.original(reject)) },
      { scratch: join(work, 'part.ndjson'), partBytes },
    );
    const notes = [
      ...(file.mapped ? describeMapped(file.source, file.mapped) : []),
      ...(splits(file.source) ? [SPLIT_NOTE] : []),
    ];
    return { report: wholeReport(report, file), recognised: file.source.name, notes };
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

/** What a report changes in the upload's row. */
export function reported({ report, recognised, notes }: Loaded, elapsed: number) {
  const { records, events, rejected, duplicates, window } = report;
  return {
    recognised,
    records,
    events,
    rejected,
    duplicates,
    eventsPerSecond: elapsed > 0 ? Math.round((records / elapsed) * SECOND) : null,
    windowFrom: window && formatInstant(window.from),
    windowTo: window && formatInstant(window.to),
    notes: linesColumn.write([...notes]),
  };
}

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
