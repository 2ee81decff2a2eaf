import { createReadStream } from 'node:fs';
import { linesOf, MAX_RECORD_BYTES } from '#server/store/records/lines.ts';

/** A record's text, and where it begins. */
export interface Frame {
  /** Of the line it begins at, from 1; of a hit in a search response its number among them. */
  readonly number: number;
  readonly text: string;
  /** Its bytes are more than a record may have; `text` is only the start. */
  readonly isTooLong: boolean;
}

/** How a text holds its records: one a line, JSON objects over several lines each, or the hits of a search response. */
export type Framing = 'lines' | 'objects' | 'hits';

/** How a search response begins, plain or as the console's inspector copies it. */
const RESPONSE =
  /^\s*\{\s*"(?:took|timed_out|_shards|hits|rawResponse|is_partial|is_running|num_reduce_phases|pit_id|_scroll_id|response)"/;

const HITS = /^\s*\{[\s\S]*?"hits"\s*:\s*\{[\s\S]*?"hits"\s*:\s*\[/;

/** Which it is, by its beginning. A first line that is whole, and no search response, speaks for lines. */
export function framingOf(start: string): Framing {
  if (!/^\s*\{/.test(start)) return 'lines';
  if (RESPONSE.test(start) && HITS.test(start)) return 'hits';
  const [first = ''] = start.trimStart().split('\n', 1);
  return start.includes('\n') && /[{,[]\s*$/.test(first) ? 'objects' : 'lines';
}

/** The records of a file, in order. */
export async function* framesOf(path: string, framing: Framing, signal?: AbortSignal): AsyncGenerator<Frame> {
  if (framing === 'lines') {
    for await (const line of linesOf(path, MAX_RECORD_BYTES, signal)) {
      yield { number: line.number, text: line.bytes.toString('utf8'), isTooLong: line.cutFrom !== undefined };
    }
    return;
  }
  const splitter = objectSplitter(framing === 'hits');
  const stream = createReadStream(path, { highWaterMark: 1024 * 1024, ...(signal && { signal }) });
  for await (const chunk of stream as AsyncIterable<Buffer>) yield* splitter.push(chunk);
  yield* splitter.end();
}

/** JSON's white space. */
const isBlank = (byte: number | undefined): boolean => byte === 32 || byte === 9 || byte === NEWLINE || byte === RETURN;

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, NEWLINE, RETURN] = [34, 92, 123, 125, 91, 93, 10, 13];

interface ObjectSplitter {
  readonly push: (chunk: Buffer) => readonly Frame[];
  readonly end: () => readonly Frame[];
}

/** Finds whole objects by their brackets; what stands between them is a record of its own, for the quarantine. */
export function objectSplitter(isHits: boolean): ObjectSplitter {
  let [depth, line, start, count] = [0, 1, 1, 0];
  let [isText, isEscaped, isOver, isInside, isBegun] = [false, false, false, !isHits, false];
  let parts: Buffer[] = [];
  let length = 0;
  let head = '';

  const keep = (bytes: Buffer): void => {
    if (length <= MAX_RECORD_BYTES) parts.push(Buffer.from(bytes));
    length += bytes.length;
  };
  const take = (): Frame[] => {
    const text = Buffer.concat(parts)
      .subarray(0, MAX_RECORD_BYTES)
      .toString('utf8')
      .replaceAll(/[\r\n]+/g, ' ')
      .trim();
    const frame = { number: isHits ? count : start, text, isTooLong: length > MAX_RECORD_BYTES };
    parts = [];
    length = 0;
    isBegun = false;
    return text === '' || text === ',' ? [] : [frame];
  };

  /** The rest of a chunk behind the opening of the list of hits; nothing while that has not come. */
  const inside = (chunk: Buffer): Buffer => {
    if (isInside) return chunk;
    head += chunk.toString('latin1');
    const opening = HITS.exec(head);
    if (!opening) {
      if (head.length > MAX_RECORD_BYTES) isOver = true;
      return Buffer.alloc(0);
    }
    isInside = true;
    line += opening[0].split('\n').length - 1;
    const rest = Buffer.from(head.slice(opening[0].length), 'latin1');
    head = '';
    return rest;
  };

  return {
    push(given) {
      const chunk = inside(given);
      const frames: Frame[] = [];
      let from = 0;
      for (let index = 0; index < chunk.length && !isOver; index += 1) {
        const byte = chunk[index];
        if (byte === NEWLINE) line += 1;
        if (isText) {
          if (isEscaped) isEscaped = false;
          else if (byte === BACKSLASH) isEscaped = true;
          // A line end cannot stand in a string of JSON: the quote was never closed.
          else if (byte === QUOTE || byte === NEWLINE) isText = false;
        } else if (byte === QUOTE && depth > 0) isText = true;
        else if (byte === OPEN || (byte === OPEN_LIST && depth > 0)) {
          if (depth === 0) {
            if (!isHits) {
              keep(chunk.subarray(from, index));
              frames.push(...take());
            }
            from = index;
            start = line;
          }
          depth += 1;
        } else if (byte === CLOSE || (byte === CLOSE_LIST && depth > 0)) {
          depth = Math.max(0, depth - 1);
          if (depth === 0) {
            count += 1;
            keep(chunk.subarray(from, index + 1));
            frames.push(...take());
            from = index + 1;
            start = line;
          }
        } else if (byte === CLOSE_LIST && isHits) isOver = true;
        else if (depth === 0 && !isBegun && !isBlank(byte)) {
          start = line;
          isBegun = true;
        }
      }
      if (!isOver && (depth > 0 || !isHits)) keep(chunk.subarray(from));
      return frames;
    },
    end() {
      if (!isInside || length === 0 || (isHits && depth === 0)) return [];
      count += 1;
      return take();
    },
  };
}
