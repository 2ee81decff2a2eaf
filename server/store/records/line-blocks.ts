import { createReadStream } from 'node:fs';
import { lineSpans } from './line-spans.ts';
import { isSpace, trimmed } from './lines.ts';

/** Whole lines of a file, one after the other as they stand in it. */
export interface LineBlock {
  readonly bytes: Buffer;
  /** Those that are not blank. */
  readonly lines: number;
}

const NEWLINE = 10;

/**
 * A file in blocks of about so many bytes, cut between lines; of a line longer than `longest` bytes the rest is left out. What
 * is a line, and what is blank, is as in `linesOf`.
 */
export async function* lineBlocks(
  path: string,
  size: number,
  longest: number,
  signal?: AbortSignal,
): AsyncGenerator<LineBlock> {
  const stream = createReadStream(path, { highWaterMark: size });
  let open: Buffer[] = [];
  let openLength = 0;
  const keep = (part: Buffer) => {
    const room = Math.max(0, longest + 1 - openLength);
    if (room > 0 && part.length > 0) open.push(part.subarray(0, room));
    openLength += part.length;
  };
  const close = (): LineBlock => {
    const bytes = Buffer.concat(open);
    open = [];
    openLength = 0;
    return { bytes, lines: countLines(bytes) };
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    const last = chunk.lastIndexOf(NEWLINE);
    if (last !== -1) {
      const first = chunk.indexOf(NEWLINE);
      keep(chunk.subarray(0, first));
      open.push(chunk.subarray(first, last + 1));
      yield close();
    }
    keep(chunk.subarray(last + 1));
  }
  if (openLength > 0) yield close();
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (const [start, end] of lineSpans(bytes)) if (!isBlank(bytes, start, end)) count += 1;
  return count;
}

/** The lines of a block that are not blank, without surrounding white space. */
export function linesOfBlock(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (const [start, end] of lineSpans(bytes)) {
    if (!isBlank(bytes, start, end)) lines.push(trimmed(bytes.subarray(start, end)));
  }
  return lines;
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  let index = start;
  while (index < end && isSpace(bytes[index])) index += 1;
  return index === end;
}
