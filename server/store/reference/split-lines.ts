import { gathering } from './gather.ts';
import type { RawRecord } from './raw-record.ts';

const NEWLINE = 0x0a;

/** The lines of NDJSON that are not blank. */
export async function* splitLines(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<RawRecord> {
  const open = gathering(longest);
  let line = 1;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      open.add(chunk.subarray(start, end));
      const record = open.take(line);
      if (record) yield record;
      line += 1;
      start = end + 1;
    }
    open.add(chunk.subarray(start));
  }
  const last = open.take(line);
  if (last) yield last;
}
