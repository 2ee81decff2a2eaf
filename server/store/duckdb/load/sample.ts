import { open } from 'node:fs/promises';
import { parseRecord } from '#server/store/records/parse-record.ts';

/** Parts of a file that are looked at, and their size: some dozen records each. */
const WINDOWS = 4;
const WINDOW_BYTES = 64 * 1024;

/** Some records of an NDJSON file, from all over it; lines that are no records, or too long, are left out. */
export async function sampleOf(path: string): Promise<readonly object[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const records: object[] = [];
    for (let window = 0; window < WINDOWS; window += 1) {
      const start = Math.floor((Math.max(0, size - WINDOW_BYTES) / (WINDOWS - 1)) * window);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(WINDOW_BYTES), 0, WINDOW_BYTES, start);
      // What is cut at either end is no JSON.
      for (const line of buffer.toString('utf8', 0, bytesRead).split('\n')) {
        const record = parseRecord(line);
        if (record.ok) records.push(record.value);
      }
    }
    return records;
  } finally {
    await file.close();
  }
}
