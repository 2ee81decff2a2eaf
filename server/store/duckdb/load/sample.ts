import { open } from 'node:fs/promises';
import { parseDocument } from '#server/store/records/parse-record.ts';

/** Some records of a file. */
export interface Sample {
  readonly records: readonly object[];
}

/** Parts of a file that are looked at, and their size: some dozen records each. */
const WINDOWS = 8;
const WINDOW_BYTES = 64 * 1024;

/** Looks at an NDJSON file all over; lines that are no records, or too long, are left out. */
export async function sampleOf(path: string): Promise<Sample> {
  const texts = await windowsOf(path);
  // What is cut at either end of a window is no JSON.
  const records = texts
    .flatMap((text) => text.split('\n'))
    .map(parseDocument)
    .flatMap((record) => (record.ok ? [record.value] : []));
  return { records };
}

async function windowsOf(path: string): Promise<readonly string[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const texts: string[] = [];
    for (let window = 0; window < WINDOWS; window += 1) {
      const start = Math.floor((Math.max(0, size - WINDOW_BYTES) / (WINDOWS - 1)) * window);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(WINDOW_BYTES), 0, WINDOW_BYTES, start);
      texts.push(buffer.toString('utf8', 0, bytesRead));
    }
    return texts;
  } finally {
    await file.close();
  }
}
