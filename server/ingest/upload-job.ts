import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evaluation } from '#server/alerts/evaluation.ts';
import type { AppendReport, EventStore, Reject } from '#server/store/event-store.ts';
import type { RuleRun } from '#shared/api/rules.ts';
import { formatInstant, type Instant, SECOND } from '#shared/base/time.ts';
import { openQuarantine } from './quarantine.ts';
import { linesColumn, type UploadRow } from './upload-records.ts';

/** Where the bytes of an upload wait, and where its rejected records stay. Ids name the files, never what a sender wrote. */
export const spoolPath = (folder: string, id: string): string => join(folder, 'spool', id);
export const quarantinePath = (folder: string, id: string): string => join(folder, 'quarantine', `${id}.ndjson`);

/** Removes every file of an upload. */
export async function removeFiles(folder: string, id: string): Promise<void> {
  for (const path of [spoolPath(folder, id), `${spoolPath(folder, id)}.part`, quarantinePath(folder, id)]) {
    await rm(path, { force: true });
  }
}

/** Removes what a process that was killed has left in the spool, of uploads that are not to be taken up again. */
export async function sweepSpool(folder: string, unfinished: readonly UploadRow[]): Promise<void> {
  const wanted = new Set(unfinished.map((row) => row.id));
  for (const name of await readdir(join(folder, 'spool'))) {
    if (!wanted.has(name)) await rm(join(folder, 'spool', name), { force: true });
  }
}

export interface LoadObserver {
  readonly onProgress: (share: number) => void;
  readonly onReject: (count: number) => void;
}

/** Stores the spooled file as its batch. A disk that refuses the quarantine stops the load. */
export async function loadSpooled(
  store: EventStore,
  folder: string,
  upload: UploadRow,
  controller: AbortController,
  observer: LoadObserver,
): Promise<AppendReport> {
  const quarantine = openQuarantine(quarantinePath(folder, upload.id));
  const onReject = (reject: Reject): void => {
    try {
      quarantine.add(reject);
      observer.onReject(quarantine.count);
    } catch (error) {
      controller.abort(error);
    }
  };
  try {
    const batch = { id: upload.batch, path: spoolPath(folder, upload.id) };
    return await store.append(batch, { signal: controller.signal, onProgress: observer.onProgress, onReject });
  } finally {
    quarantine.close();
  }
}

/** What a report changes in the upload's row. */
export function reported(report: AppendReport, elapsed: number) {
  const { records, events, rejected, duplicates, window } = report;
  return {
    records,
    events,
    rejected,
    duplicates,
    eventsPerSecond: elapsed > 0 ? Math.round((records / elapsed) * SECOND) : null,
    windowFrom: window && formatInstant(window.from),
    windowTo: window && formatInstant(window.to),
  };
}

/** What the end of an upload changes in its row: alerts raised, and what the rules could not judge. */
export function finished(now: Instant, evaluations: readonly Evaluation[], runs: readonly RuleRun[]) {
  return {
    status: 'done',
    alertsRaised: runs.reduce((sum, run) => sum + run.alertsRaised, 0),
    notes: linesColumn.write(evaluations.flatMap(notesOf)),
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
