import { createHash, type Hash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '#server/refusal.ts';

export interface SpoolOptions {
  /** Most bytes that are taken. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Bytes so far. */
  readonly onBytes: (bytes: number) => void;
}

export interface Spooled {
  readonly bytes: number;
  /** Hex, of the bytes as they came. */
  readonly sha256: string;
}

/**
 * Brings a stream to disk: when it resolves, the bytes would survive a power cut under exactly this name. On failure
 * nothing is left. Never holds more than a few chunks.
 */
export async function spool(source: Readable, path: string, options: SpoolOptions): Promise<Spooled> {
  const part = `${path}.part`;
  const hash = createHash('sha256');
  const meter = { bytes: 0 };
  try {
    // Open before anything can end it: a file that opens behind the clean-up would stay.
    const file = await open(part, 'w', 0o600);
    // `flush` makes the file durable before the stream closes; the folder makes its name durable.
    await pipeline(source, metering(hash, meter, options), file.createWriteStream({ flush: true }), {
      signal: options.signal,
    });
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(part, { force: true });
    throw isDiskFull(error) ? diskFull() : error;
  }
  return { bytes: meter.bytes, sha256: hash.digest('hex') };
}

const metering = (hash: Hash, meter: { bytes: number }, { limit, onBytes }: SpoolOptions): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      meter.bytes += chunk.length;
      if (meter.bytes > limit) return done(tooLarge(limit));
      hash.update(chunk);
      onBytes(meter.bytes);
      done(null, chunk);
    },
  });

export const tooLarge = (limit: number): Refusal =>
  new Refusal('too-large', `A file may have at most ${limit} bytes.`, {
    remedy: 'Split the file, or compress it with gzip or zstd.',
  });

export const diskFull = (): Refusal => new Refusal('no-space', 'There is no room left on the disk.');

export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
