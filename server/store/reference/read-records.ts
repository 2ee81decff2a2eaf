import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unzstd } from '../duckdb/load/unzstd.ts';
import type { RawRecord } from './raw-record.ts';
import { splitElements } from './split-elements.ts';
import { splitLines } from './split-lines.ts';

/** Longest record that is read, in bytes. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024;

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1 of the file. */
  readonly onProgress?: ((share: number) => void) | undefined;
  readonly maxRecordBytes?: number;
}

/**
 * The records of a file, one at a time: lines of NDJSON or elements of one JSON array, plain, gzip or zstd, told apart by
 * content. Never holds more than a record and a chunk. Throws where the file cannot be read.
 */
export async function* readRecords(path: string, options: ReadOptions = {}): AsyncGenerator<RawRecord> {
  const longest = options.maxRecordBytes ?? MAX_RECORD_BYTES;
  const chunks = await withoutStart(await plainBytes(path, options));
  yield* chunks.isArray ? splitElements(chunks.rest, longest) : splitLines(chunks.rest, longest);
}

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

async function plainBytes(path: string, { signal, onProgress }: ReadOptions): Promise<AsyncIterable<Buffer>> {
  const magic = await firstBytes(path);
  const { size } = await stat(path);
  const file = createReadStream(path, signal && { signal });
  if (onProgress) file.on('data', () => onProgress(size === 0 ? 1 : file.bytesRead / size));
  if (magic.equals(ZSTD)) return unzstd(file);
  // Errors of the file arrive at who reads the last stream; the callback only keeps them from being unhandled.
  return magic.subarray(0, 2).equals(GZIP) ? pipeline(file, createGunzip(), () => undefined) : file;
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const BOM = Buffer.from('\ufeff');

const withoutMark = (bytes: Buffer): Buffer => (bytes.indexOf(BOM) === 0 ? bytes.subarray(BOM.length) : bytes);

/** Whether two characters are there that are no white space; those of a byte order mark do not count. */
const isTelling = (start: Buffer): boolean =>
  start.length > BOM.length && /[^ \t\r\n][ \t\r\n]*[^ \t\r\n]/.test(withoutMark(start).toString('latin1'));

/** A bracket, and then an object or nothing: a line such as `[1]` is a bad record among others. */
const ARRAY = /^[ \t\r\n]*\[[ \t\r\n]*(?:\{|\]|$)/;

/** Tells an array by its first two characters; of one gives what follows its bracket. */
async function withoutStart(
  chunks: AsyncIterable<Buffer>,
): Promise<{ readonly isArray: boolean; readonly rest: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (!isTelling(start)) {
    const next = await iterator.next();
    if (next.done) break;
    start = Buffer.concat([start, next.value]);
  }
  const text = withoutMark(start);
  const isArray = ARRAY.test(text.toString('latin1'));
  return { isArray, rest: startingWith(isArray ? text.subarray(text.indexOf('[') + 1) : text, iterator) };
}

async function* startingWith(start: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield start;
  yield* { [Symbol.asyncIterator]: () => iterator };
}
