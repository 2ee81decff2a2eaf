import { open, stat, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expandFile } from './expand.ts';
import { compressionOf, shapeOf } from './format.ts';

export interface SourceOptions {
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1 of the file's bytes. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** What a compressed file of so many bytes may hold; `mostExpanded` if absent. */
  readonly most?: (size: number) => number;
}

/** Events shrink to a tenth, the most alike of them to a hundredth: what promises much more is made to do harm. */
export const mostExpanded = (size: number): number => Math.max(1024 ** 3, 300 * size);

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
  const most = (options.most ?? mostExpanded)(size);
  await expandFile({
    path: await safelyNamed(path, folder),
    target,
    compression,
    most,
    signal: options.signal,
    onBytes,
  });
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

/** DuckDB reads a path as a pattern; a name with such characters is reached through a link. */
async function safelyNamed(path: string, folder: string): Promise<string> {
  if (!/[*?[\]{}]/.test(path)) return path;
  const link = join(folder, 'linked.ndjson');
  await symlink(resolve(path), link);
  return link;
}
