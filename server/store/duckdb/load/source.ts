import { open, stat, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expandFile } from './expand.ts';

/** How the bytes of a file are packed, by its first bytes, whatever its name. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** `array`: one JSON array of records; `lines`: one record a line. */
export type Shape = 'lines' | 'array';

export interface SourceOptions {
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1 of the file's bytes. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * A file of records as plain NDJSON: the file itself where it is that, else a copy in `folder`. The copy is written in full
 * before anything is loaded, so that a file that ends early fails as a whole: DuckDB takes a cut gzip or zstd stream for a
 * complete one. In the copy of an array each element is a line, so that a line's number is the element's.
 */
export async function plainSource(path: string, folder: string, options: SourceOptions = {}): Promise<string> {
  options.signal?.throwIfAborted();
  const start = await firstBytes(path);
  const compression = compressionOf(start);
  if (compression === 'none' && shapeOf(start) === 'lines') return safelyNamed(path, folder);
  const target = join(folder, 'records.ndjson');
  const { size } = await stat(path);
  const onBytes = options.onProgress && ((bytes: number) => options.onProgress?.(size > 0 ? bytes / size : 1));
  await expandFile({ path, target, compression, signal: options.signal, onBytes });
  return target;
}

const LOOK_BYTES = 64 * 1024;

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

export function compressionOf(start: Buffer): Compression {
  if (start.subarray(0, 2).equals(GZIP_MAGIC)) return 'gzip';
  return start.subarray(0, 4).equals(ZSTD_MAGIC) ? 'zstd' : 'none';
}

/** An array begins with `[` and then an object, its own end, or nothing we can see; a line such as `[1]` is no array of records. */
export const shapeOf = (start: Buffer): Shape =>
  /^\ufeff?[ \t\r\n]*\[[ \t\r\n]*(?:\{|\][ \t\r\n]*$|$)/.test(start.toString('utf8')) ? 'array' : 'lines';

/** DuckDB reads a path as a pattern; a name with such characters is reached through a link. */
async function safelyNamed(path: string, folder: string): Promise<string> {
  if (!/[*?[\]{}]/.test(path)) return path;
  const link = join(folder, 'linked.ndjson');
  await symlink(resolve(path), link);
  return link;
}
