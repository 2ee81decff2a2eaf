import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Milliseconds } from '#shared/base/time.ts';
import { Problem } from './problem.ts';
import type { TailSender } from './tail-sender.ts';

/** How often a file is looked at while nothing is added. */
const LOOK: Milliseconds = 250;
/** How long a file that was put aside must have been quiet: its writer goes on with it until it is told of the new one. */
const QUIET: Milliseconds = 3000;
const CHUNK = 1024 * 1024;
/** The longest line that is looked for: what has none is no log. */
export const LONGEST_LINE = 64 * CHUNK;
export const NO_LINES = `There is no line feed within ${LONGEST_LINE} bytes: this is no log of lines.`;
const NEWLINE = 10;
/** Of the first line, what tells a file from one of the same place and number that was made anew. */
const FINGERPRINT_BYTES = 4096;

/**
 * Follows a file that grows: sends its whole lines from where the server has come to, goes on with a new file of the same
 * name when nothing more comes to the old one (rotation), and from the beginning when the file was emptied
 * (truncation). Ends only by the signal.
 */
export async function tailFile(path: string, sender: TailSender, signal: AbortSignal): Promise<void> {
  await finishRotated(path, sender, signal);
  for (;;) {
    const file = await opened(path, signal);
    try {
      await tailGeneration(path, file, sender, signal);
    } finally {
      await file.close();
    }
  }
}

/** Sends the rest of files that were begun under this name, and put aside (`NAME.1`, `NAME-20261122`) while nobody looked. */
async function finishRotated(path: string, sender: TailSender, signal: AbortSignal): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  const rotated = names.filter((name) => name.startsWith(basename(path)) && name !== basename(path));
  for (const name of rotated) {
    signal.throwIfAborted();
    const file = await open(join(dirname(path), name)).catch(() => null);
    if (file === null) continue;
    try {
      if ((await file.stat()).isFile()) await finishIfBegun(path, file, sender);
    } catch (error) {
      // Something else that lies beside the log.
      if (!(error instanceof NoLines)) throw error;
    } finally {
      await file.close();
    }
  }
}

async function finishIfBegun(path: string, file: FileHandle, sender: TailSender): Promise<void> {
  const start = await linesAt(file, 0);
  if (start.length === 0) return;
  const { stream, offset } = await streamOf(path, file, firstOf(start), sender);
  if (offset > 0) await sendRest(file, sender, stream, offset);
}

/** All that is left of a file to which nothing more comes, a last line without a line feed too. */
async function sendRest(file: FileHandle, sender: TailSender, stream: string, from: number): Promise<void> {
  let at = from;
  for (let lines = await linesAt(file, at); lines.length > 0; lines = await linesAt(file, at)) {
    at = await sender.send(stream, at, lines);
  }
  const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, at);
  if (bytesRead > 0) await sender.send(stream, at, Buffer.concat([buffer.subarray(0, bytesRead), Buffer.from('\n')]));
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
  let quietSince = Date.now();
  for (;;) {
    const lines = await linesAt(file, at);
    if (lines.length > 0) {
      at = await sender.send(stream, at, lines);
      quietSince = Date.now();
      continue;
    }
    const next = await changeOf(path, file, ino, at);
    if (next === 'emptied') return;
    if (next === 'replaced' && Date.now() - quietSince >= QUIET) return sendRest(file, sender, stream, at);
    await sleep(LOOK, undefined, { signal });
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
    if (start.length > 0) return firstOf(start);
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

class NoLines extends Problem {}

const firstOf = (lines: Buffer): Buffer => lines.subarray(0, lines.indexOf(NEWLINE));

/** Whole lines from there on, at least one where there is one, else about a megabyte of them. Throws `NoLines`. */
async function linesAt(file: FileHandle, position: number): Promise<Buffer> {
  for (let size = CHUNK; size <= LONGEST_LINE; size *= 2) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, position);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
    if (end !== -1 || bytesRead < size) return buffer.subarray(0, end + 1);
  }
  throw new NoLines(NO_LINES);
}
