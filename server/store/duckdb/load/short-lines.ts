import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { linesOf, MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import type { Job } from './job.ts';

/** Whether the engine gave up on a file because a line exceeds its buffer. */
export const hasTooLongLine = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('maximum_object_size');

const NEWLINE = 10;
const STRETCH = MAX_RECORD_BYTES / 2;
const LOOK_BYTES = 16 * 1024;
const AT_ONCE = 16;

/**
 * Whether no line of a file can be longer than a record may be: a line ends in each stretch of half that. Where one does not,
 * all may be well; whoever asks takes another way then. Looks at few of the file's bytes.
 */
export async function hasShortLines(path: string, signal: AbortSignal | undefined): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const stretches = Math.floor(size / STRETCH);
    for (let next = 0; next < stretches; next += AT_ONCE) {
      signal?.throwIfAborted();
      const some = Array.from({ length: Math.min(AT_ONCE, stretches - next) }, (_, nth) => (next + nth) * STRETCH);
      const ended = await Promise.all(some.map((start) => hasLineEnd(file, start)));
      if (ended.includes(false)) return false;
    }
    return true;
  } finally {
    await file.close();
  }
}

async function hasLineEnd(file: FileHandle, start: number): Promise<boolean> {
  const look = Buffer.alloc(LOOK_BYTES);
  for (let at = start; at < start + STRETCH; at += LOOK_BYTES) {
    const { bytesRead } = await file.read(look, 0, LOOK_BYTES, at);
    if (look.subarray(0, bytesRead).includes(NEWLINE)) return true;
  }
  return false;
}

/** A copy of the file with as many lines; one that is too long is no JSON any more, so that the exact reading refuses the original. */
export async function withShortLines({ folder, options }: Job, path: string): Promise<string> {
  const short = join(folder, 'short.ndjson');
  await pipeline(shortLines(path, options.signal), createWriteStream(short));
  return short;
}

async function* shortLines(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const newline = Buffer.from('\n');
  for await (const { bytes, cutFrom } of linesOf(path, MAX_RECORD_BYTES, signal)) {
    yield cutFrom === undefined ? bytes : Buffer.from('too long');
    yield newline;
  }
}
