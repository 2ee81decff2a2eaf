import { closeSync, createReadStream, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { Reject } from '#server/store/event-store.ts';

const rejectSchema = z.object({ line: z.number().int(), reason: z.string(), text: z.string() });

/** Characters gathered before they are written. */
const BUFFER = 256 * 1024;

/** The rejected records of one upload, one JSON object a line, in the order in which they were met. */
export interface Quarantine {
  /** Throws where the disk refuses. */
  readonly add: (reject: Reject) => void;
  readonly count: number;
  /** All that was added is on the disk. */
  readonly sync: () => void;
  readonly close: () => void;
}

/**
 * Starts the file anew. Writing is synchronous: the loader reports without waiting, and a file of nothing but bad lines
 * must not pile up in memory.
 */
export function openQuarantine(path: string): Quarantine {
  const file = openSync(path, 'w', 0o600);
  let waiting = '';
  let count = 0;
  const flush = (): void => {
    const bytes = Buffer.from(waiting);
    waiting = '';
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  };
  return {
    add({ line, reason, text }) {
      waiting += `${oneLine({ line, reason, text })}\n`;
      count += 1;
      if (waiting.length >= BUFFER) flush();
    },
    get count() {
      return count;
    },
    sync() {
      flush();
      fdatasyncSync(file);
    },
    close() {
      try {
        flush();
      } finally {
        closeSync(file);
      }
    },
  };
}

/** JSON allows two line separators in its strings that some readers end a line at. */
const oneLine = (reject: Reject): string =>
  JSON.stringify(reject).replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`);

/** The first rejects of a quarantine file. */
export async function readQuarantine(path: string, limit: number): Promise<Reject[]> {
  const source = createReadStream(path, 'utf8');
  const rejects: Reject[] = [];
  try {
    for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
      rejects.push(rejectSchema.parse(JSON.parse(line)));
      if (rejects.length === limit) break;
    }
  } finally {
    source.destroy();
  }
  return rejects;
}
