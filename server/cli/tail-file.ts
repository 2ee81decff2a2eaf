import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Milliseconds } from '#shared/base/time.ts';
import type { TailSender } from './tail-sender.ts';

/** How often a file is looked at while nothing is added. */
const LOOK: Milliseconds = 250;
const CHUNK = 1024 * 1024;
const NEWLINE = 10;
/** Of the first line, what tells a file from one of the same place and number that was made anew. */
const FINGERPRINT_BYTES = 4096;

/**
 * Follows a file that grows: sends its whole lines from where the server has come to, goes on with a new file of the same
 * name when the old one has been read to its end (rotation), and from the beginning when the file was emptied
 * (truncation). Ends only by the signal.
 */
export async function tailFile(path: string, sender: TailSender, signal: AbortSignal): Promise<void> {
  for (;;) {
    const file = await opened(path, signal);
    try {
      await tailGeneration(path, file, sender, signal);
    } finally {
      await file.close();
    }
  }
}

/** Waits for a file that is not there (yet), as between the two steps of a rotation. */
async function opened(path: string, signal: AbortSignal): Promise<FileHandle> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await open(path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      await sleep(LOOK, undefined, { signal });
    }
  }
}

/** One file until it is replaced or emptied. */
async function tailGeneration(path: string, file: FileHandle, sender: TailSender, signal: AbortSignal): Promise<void> {
  const { ino } = await file.stat();
  const first = await firstLine(path, file, signal);
  if (first === null) return;
  const { stream, offset } = await streamOf(path, file, first, sender);
  let at = offset;
  for (;;) {
    const lines = await linesAt(file, at);
    if (lines.length > 0) {
      at = await sender.send(stream, at, lines);
      continue;
    }
    const next = await changeOf(path, file, ino, at);
    if (next === 'emptied') return;
    // What came between the last look and the rotation belongs to this file still.
    if (next === 'replaced' && (await linesAt(file, at)).length === 0) return;
    if (next === 'none') await sleep(LOOK, undefined, { signal });
  }
}

/** A name for exactly this file and its life, and where the server has come to in it. */
async function streamOf(path: string, file: FileHandle, first: Buffer, sender: TailSender) {
  const { ino, dev } = await file.stat();
  const identity = [hostname(), path, dev, ino, first.toString('latin1', 0, FINGERPRINT_BYTES)];
  const name = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
  for (let life = 1; ; life++) {
    const stream = `${name}-${life}`;
    const offset = await sender.offset(stream);
    // Emptied and begun anew with the same line: an earlier life went further than this one.
    if (offset <= (await file.stat()).size) return { stream, offset };
  }
}

/** Null where the file was replaced before it had a line. */
async function firstLine(path: string, file: FileHandle, signal: AbortSignal): Promise<Buffer | null> {
  const { ino } = await file.stat();
  for (;;) {
    const start = await linesAt(file, 0);
    if (start.length > 0) return start.subarray(0, start.indexOf(NEWLINE));
    if ((await changeOf(path, file, ino, 0)) !== 'none') return null;
    await sleep(LOOK, undefined, { signal });
  }
}

async function changeOf(
  path: string,
  file: FileHandle,
  ino: number,
  at: number,
): Promise<'none' | 'replaced' | 'emptied'> {
  if ((await file.stat()).size < at) return 'emptied';
  const present = await stat(path).catch(() => null);
  return present !== null && present.ino !== ino ? 'replaced' : 'none';
}

/** Whole lines from there on, at least one where there is one, else about a megabyte of them. */
async function linesAt(file: FileHandle, position: number): Promise<Buffer> {
  for (let size = CHUNK; ; size *= 2) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, position);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (end !== -1 || bytesRead < size) return buffer.subarray(0, end + 1);
  }
}
