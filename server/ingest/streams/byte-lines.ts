import { lineSpans } from '#server/store/records/line-spans.ts';

const NEWLINE = 10;

/**
 * Lines with a line feed behind each. Copied into one buffer at once: there are ten thousand a second.
 * @param room bytes that are left free before the first
 */
export function joinLines(lines: readonly Buffer[], room = 0): Buffer {
  let size = room;
  for (const line of lines) size += line.length + 1;
  const joined = Buffer.allocUnsafe(size);
  let at = room;
  for (const line of lines) {
    joined.set(line, at);
    at += line.length;
    joined[at++] = NEWLINE;
  }
  return joined;
}

/** What stands between line feeds, what stands behind the last included. */
export const linesIn = (content: Buffer): Buffer[] =>
  Array.from(lineSpans(content), ([start, end]) => content.subarray(start, end));
