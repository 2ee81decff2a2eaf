import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { linesOf, MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import type { Job } from './job.ts';

/** Whether the engine gave up on a file because a line exceeds its buffer. */
export const hasTooLongLine = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('maximum_object_size');

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
