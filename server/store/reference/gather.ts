import { trimmed } from '#server/store/records/lines.ts';
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
