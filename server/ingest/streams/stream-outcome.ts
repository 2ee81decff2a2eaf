import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Reject } from '#server/store/event-store.ts';
import type { Prepared } from './stream-prepare.ts';

const lineSchema = z.union([
  z.object({ line: z.number().int(), reason: z.string(), text: z.string() }),
  z.object({ duplicate: z.number().int() }),
]);
type OutcomeLine = z.infer<typeof lineSchema>;

/** Longest text of a reject that is kept. */
const REJECT_TEXT = 16 * 1024;

/** What the store did not take of a segment, written before the store commits: a crash behind that must not lose it. */
export interface OutcomeFile {
  readonly reject: (reject: Reject) => void;
  readonly duplicate: (place: number) => void;
  readonly close: () => void;
}

/** Starts the file anew; every line is written at once. Throws where the disk refuses. */
export function openOutcome(path: string): OutcomeFile {
  const file = openSync(path, 'w', 0o600);
  const write = (line: OutcomeLine): void => {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
  };
  return {
    reject: ({ line, reason, text }) => write({ line, reason, text: text.slice(0, REJECT_TEXT) }),
    duplicate: (place) => write({ duplicate: place }),
    close: () => closeSync(file),
  };
}

/** Takes what the file says into the tallies of the segment. */
export async function applyOutcome(path: string, { origins }: Prepared): Promise<void> {
  for (const text of (await readFile(path, 'utf8')).split('\n')) {
    if (text === '') continue;
    const line = lineSchema.parse(JSON.parse(text));
    const origin = origins['duplicate' in line ? line.duplicate : line.line - 1];
    if (!origin) continue;
    origin.tally.events -= 1;
    if ('duplicate' in line) origin.tally.duplicates += 1;
    else origin.tally.rejects.push({ place: origin.place, reason: line.reason, text: line.text });
  }
}
