import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { AppendOptions, AppendReport, Batch, EventStore } from '#server/store/event-store.ts';

/** Of a part: what comes by streams waits no longer than for one. */
const PART_BYTES = 48 * 1024 * 1024;

export interface PartsOptions {
  /** Path of a file for a part; gone afterwards. */
  readonly scratch: string;
  readonly partBytes?: number;
}

/**
 * Appends a plain file of records, a line each, in parts that belong to one batch, so that other appends have their turn in
 * between. Where it rejects, parts of the batch may be stored: `remove` takes them out. A file that is one JSON array, and a
 * small one, is appended at once.
 */
export async function appendInParts(
  store: Pick<EventStore, 'append'>,
  batch: Batch,
  options: AppendOptions,
  { scratch, partBytes = PART_BYTES }: PartsOptions,
): Promise<AppendReport> {
  const { size } = await stat(batch.path);
  if (size <= partBytes || (await isArray(batch.path))) return store.append(batch, options);
  let report = NOTHING;
  let lines = 0;
  try {
    for (let from = 0; from < size; ) {
      const part = await partFrom(batch.path, from, partBytes, size);
      await pipeline(createReadStream(batch.path, { start: from, end: part.end - 1 }), createWriteStream(scratch));
      const [start, before] = [from, lines];
      const added = await store.append(
        { ...batch, path: scratch },
        {
          ...options,
          onReject: (reject) => options.onReject?.({ ...reject, line: reject.line + before }),
          onProgress: (share) => options.onProgress?.((start + share * (part.end - start)) / size),
        },
      );
      report = together(report, added);
      lines += part.lines;
      from = part.end;
    }
  } finally {
    await rm(scratch, { force: true });
  }
  return report;
}

const NOTHING: AppendReport = { records: 0, events: 0, rejected: 0, duplicates: 0, window: null };
const NEWLINE = 10;

/** Whole lines of at least so many bytes: where they end, and how many they are. */
async function partFrom(
  path: string,
  from: number,
  bytes: number,
  size: number,
): Promise<{ readonly end: number; readonly lines: number }> {
  let at = from;
  let lines = 0;
  for await (const chunk of createReadStream(path, { start: from }) as AsyncIterable<Buffer>) {
    for (let feed = chunk.indexOf(NEWLINE); feed !== -1; feed = chunk.indexOf(NEWLINE, feed + 1)) {
      lines += 1;
      if (at + feed + 1 - from >= bytes) return { end: at + feed + 1, lines };
    }
    at += chunk.length;
  }
  return { end: size, lines };
}

function together(left: AppendReport, right: AppendReport): AppendReport {
  const window =
    left.window && right.window
      ? { from: Math.min(left.window.from, right.window.from), to: Math.max(left.window.to, right.window.to) }
      : (left.window ?? right.window);
  return {
    records: left.records + right.records,
    events: left.events + right.events,
    rejected: left.rejected + right.rejected,
    duplicates: left.duplicates + right.duplicates,
    window,
  };
}

const LOOK = 4096;

async function isArray(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOK), 0, LOOK, 0);
    return !/^\ufeff?\s*\{/.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await file.close();
  }
}
