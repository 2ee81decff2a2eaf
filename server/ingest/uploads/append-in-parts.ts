import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { AppendReport, Batch, EventStore, GatherOptions } from '#server/store/event-store.ts';

export interface PartsOptions {
  /** Path of a file for a part; gone afterwards. */
  readonly scratch: string;
  /** Of a part: what comes by streams waits no longer than for one. */
  readonly partBytes: number;
}

/**
 * Appends a plain file of records, a line each, in parts, so that other appends have their turn in between; the store shows
 * nothing of it before it has all. A file that is one JSON array, and a small one, is appended at once.
 */
export async function appendInParts(
  store: Pick<EventStore, 'append' | 'appendParts'>,
  batch: Batch,
  options: GatherOptions,
  { scratch, partBytes }: PartsOptions,
): Promise<AppendReport> {
  const { path, ...named } = batch;
  const { size } = await stat(path);
  if (size <= partBytes || (await isArray(path))) return store.append(batch, options);
  let part: FilePart = { from: 0, end: 0, linesBefore: 0, lines: 0 };

  async function* parts(): AsyncGenerator<string> {
    while (part.end < size) {
      part = await partBehind(path, part, partBytes, size);
      await pipeline(createReadStream(path, { start: part.from, end: part.end - 1 }), createWriteStream(scratch));
      yield scratch;
    }
  }

  try {
    return await store.appendParts(
      { ...named, parts: parts() },
      {
        ...options,
        onReject: (reject) => options.onReject?.({ ...reject, line: reject.line + part.linesBefore }),
        onProgress: (share) => options.onProgress?.((part.from + share * (part.end - part.from)) / size),
      },
    );
  } finally {
    await rm(scratch, { force: true });
  }
}

/** Whole lines of a file. */
interface FilePart {
  readonly from: number;
  readonly end: number;
  readonly linesBefore: number;
  readonly lines: number;
}

const NEWLINE = 10;

/** Whole lines of at least so many bytes behind a part. */
async function partBehind(path: string, before: FilePart, bytes: number, size: number): Promise<FilePart> {
  const from = before.end;
  const linesBefore = before.linesBefore + before.lines;
  let at = from;
  let lines = 0;
  for await (const chunk of createReadStream(path, { start: from }) as AsyncIterable<Buffer>) {
    for (let feed = chunk.indexOf(NEWLINE); feed !== -1; feed = chunk.indexOf(NEWLINE, feed + 1)) {
      lines += 1;
      if (at + feed + 1 - from >= bytes) return { from, end: at + feed + 1, linesBefore, lines };
    }
    at += chunk.length;
  }
  return { from, end: size, linesBefore, lines };
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
