import { createReadStream } from 'node:fs';

/** A line of a file that is not blank. */
export interface Line {
  /** Of the file, from 1, blank lines counted. */
  readonly number: number;
  /** Bytes without surrounding white space. */
  readonly bytes: Buffer;
  /** Length of the line where it is longer than asked for; `bytes` is then only its start. */
  readonly cutFrom?: number;
}

/** Longest record that is stored, in bytes. */
export const MAX_RECORD_BYTES = 4 * 1024 * 1024;

const NEWLINE = 10;
const CHUNK = 4 * 1024 * 1024;

/**
 * The lines of a file that are not blank, in order; of a line longer than `longest` bytes only the start is kept in memory.
 * Blank is what the engine calls white space, `isSpace`.
 */
export async function* linesOf(path: string, longest: number, signal?: AbortSignal): AsyncGenerator<Line> {
  const stream = createReadStream(path, { highWaterMark: CHUNK, ...(signal && { signal }) });
  let open: Buffer[] = [];
  let openLength = 0;
  let number = 0;
  const keep = (part: Buffer) => {
    if (openLength <= longest) open.push(part.subarray(0, longest + 1 - openLength));
    openLength += part.length;
  };
  const close = (): Line | undefined => {
    number += 1;
    const bytes = trimmed(open.length === 1 && open[0] ? open[0] : Buffer.concat(open));
    const cut = openLength > longest;
    const line = bytes.length === 0 ? undefined : { number, bytes, ...(cut && { cutFrom: openLength }) };
    open = [];
    openLength = 0;
    return line;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      const line = close();
      if (line) yield line;
    }
    keep(chunk.subarray(start));
  }
  const last = close();
  if (last) yield last;
}

/** JSON's white space and two more that the engine takes for it: tab, line feed, vertical tab, form feed, carriage return, blank. */
export const isSpace = (byte: number | undefined): boolean =>
  byte === 32 || (byte !== undefined && byte >= 9 && byte <= 13);

/** Without white space at either end. */
export function trimmed(bytes: Buffer): Buffer {
  let start = 0;
  let end = bytes.length;
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}
