import type { RawRecord } from './raw-record.ts';

/** Puts the bytes of one record together, and forgets what is beyond the longest that may be. */
export interface Gathering {
  add(bytes: Buffer): void;
  /** The record, or null for a blank one; the next begins. */
  take(line: number): RawRecord | null;
}

export function gathering(longest: number): Gathering {
  let parts: Buffer[] = [];
  let length = 0;
  return {
    add: (bytes) => {
      if (length <= longest) parts.push(bytes.subarray(0, longest + 1 - length));
      length += bytes.length;
    },
    take: (line) => {
      const bytes = trimmed(Buffer.concat(parts));
      const problem = length > longest ? `too long: ${length} bytes, ${longest} are allowed` : null;
      parts = [];
      length = 0;
      return bytes.length === 0 ? null : { line, bytes, ...(problem && { problem }) };
    },
  };
}

/** JSON's white space: blank, tab, line feed, carriage return. */
const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

function trimmed(bytes: Buffer): Buffer {
  let [start, end] = [0, bytes.length];
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}
