import { gathering } from './gather.ts';
import type { RawRecord } from './raw-record.ts';

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const isOpening = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number): boolean => byte === 0x5d || byte === 0x7d;

/**
 * The elements of a JSON array whose opening bracket has been read: what stands between commas outside of strings and inner
 * brackets. Whether an element is good JSON is its reader's business. What follows the closing bracket is refused.
 */
export async function* splitElements(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<RawRecord> {
  const open = gathering(longest);
  const structure = arrayStructure();
  let line = 1;
  for await (const chunk of chunks) {
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      if (!structure.endsElement(chunk[index] ?? 0)) continue;
      open.add(chunk.subarray(start, index));
      const record = open.take(line);
      if (record) yield record;
      line += 1;
      start = index + 1;
    }
    open.add(chunk.subarray(start));
  }
  const rest = open.take(line);
  if (rest) yield structure.isClosed() ? { ...rest, problem: 'text after the end of the array' } : rest;
}

interface ArrayStructure {
  /** Takes the next byte. */
  endsElement(byte: number): boolean;
  isClosed(): boolean;
}

function arrayStructure(): ArrayStructure {
  let depth = 0;
  let inText = false;
  let escaped = false;
  const readText = (byte: number): void => {
    if (escaped) escaped = false;
    else if (byte === BACKSLASH) escaped = true;
    else if (byte === QUOTE) inText = false;
  };
  return {
    isClosed: () => depth < 0,
    endsElement: (byte) => {
      if (inText) {
        readText(byte);
        return false;
      }
      if (depth < 0) return false;
      if (byte === QUOTE) inText = true;
      else if (isOpening(byte)) depth += 1;
      else if (isClosing(byte)) depth -= 1;
      return depth < 0 || (depth === 0 && byte === COMMA);
    },
  };
}
