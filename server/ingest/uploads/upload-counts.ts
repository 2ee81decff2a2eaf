import { open, readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { AppendReport } from '#server/store/event-store.ts';
import { formatInstant, type Milliseconds, SECOND } from '#shared/base/time.ts';
import { linesColumn } from './upload-records.ts';

const count = z.number().int();
/** As a row has them. */
export const countsSchema = z.object({
  recognised: z.string(),
  records: count,
  events: count,
  rejected: count,
  duplicates: count,
  eventsPerSecond: count.nullable(),
  windowFrom: z.string().nullable(),
  windowTo: z.string().nullable(),
  notes: z.string(),
});

/** What a stored file changes in its upload's row. */
export type UploadCounts = z.infer<typeof countsSchema>;

/**
 * @param recognised name of the mapping
 * @param notes for its sender: what it was recognised as, what was skipped
 */
export function uploadCounts(
  { records, events, rejected, duplicates, window }: AppendReport,
  recognised: string,
  notes: readonly string[],
  elapsed: Milliseconds,
): UploadCounts {
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

/**
 * Writes down what was counted, before the store commits: a process that is killed between the commit and the upload's row
 * leaves it to the next, which then need not take the stored events out to load them again.
 */
export async function writeCounts(path: string, counts: UploadCounts): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(counts));
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** What was written; null where nothing was. */
export async function readCounts(path: string): Promise<UploadCounts | null> {
  try {
    return countsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
