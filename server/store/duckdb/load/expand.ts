import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { arraySplitter } from './array-splitter.ts';
import { type Compression, shapeOf } from './format.ts';
import { BrokenZstd, unzstd } from './unzstd.ts';
import { compareChecksums } from './zstd-checksums.ts';

export interface Expansion {
  readonly path: string;
  readonly target: string;
  readonly compression: Compression;
  /** Bytes that it may become; beyond, it fails. */
  readonly most: number;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the file read so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

type Bytes = AsyncIterable<Buffer>;

/** Writes a compressed file or a JSON array as plain NDJSON. Fails with one line that names the cause. */
export async function expandFile({ path, target, compression, most, signal, onBytes }: Expansion): Promise<void> {
  const source = createReadStream(path, { highWaterMark: 1024 * 1024 });
  source.on('data', () => onBytes?.(source.bytesRead));
  const output = createWriteStream(target);
  const options = signal ? { signal } : {};
  const within = (expanded: Bytes) => atMost(expanded, most, compression);
  try {
    if (compression === 'gzip')
      await pipeline(source, createGunzip({ chunkSize: 256 * 1024 }), within, asLines, output, options);
    else if (compression === 'zstd') {
      await pipeline(source, unzstd, within, asLines, output, options);
      await compareChecksums(path, signal);
    } else await pipeline(source, asLines, output, options);
  } catch (error) {
    signal?.throwIfAborted();
    throw explained(error, compression);
  }
}

/** A small file can be made to fill any disk. */
async function* atMost(source: Bytes, most: number, compression: Compression): Bytes {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > most) throw new Error(`The ${compression} file holds more than ${most} bytes, too much for its size`);
    yield chunk;
  }
}

/** The file is broken, or the machine failed: the sender must see which. */
function explained(error: unknown, compression: Compression): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  const isCut = code === 'Z_BUF_ERROR' || error.message === 'unexpected EOF';
  if (isCut) return new Error(`The ${compression} file ends early`, { cause: error });
  const isBroken = code?.startsWith('Z_') || error instanceof BrokenZstd;
  return isBroken ? new Error(`The ${compression} file is damaged: ${error.message}`, { cause: error }) : error;
}

/** Lines pass as they are; an array is split. The first bytes tell which. */
async function* asLines(source: Bytes): Bytes {
  let start = Buffer.alloc(0);
  let through: ((chunk: Buffer) => Buffer) | undefined;
  const splitter = arraySplitter();
  for await (const chunk of source) {
    if (through) yield through(chunk);
    else {
      start = Buffer.concat([start, chunk]);
      if (isTelling(start)) {
        through = shapeOf(start) === 'array' ? splitter.split : (bytes) => bytes;
        yield through(start);
      }
    }
  }
  if (through === undefined && shapeOf(start) === 'array') {
    through = splitter.split;
    yield through(start);
  } else if (through === undefined) yield start;
  if (through === splitter.split) splitter.finish();
}

/** Whether enough is there to tell an array: two characters that are no white space. */
const isTelling = (start: Buffer): boolean =>
  /[^ \t\r\n\ufeff][ \t\r\n]*[^ \t\r\n]/.test(start.toString('utf8', 0, 65_536));
