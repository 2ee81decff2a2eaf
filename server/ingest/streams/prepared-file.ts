import { open, readFile } from 'node:fs/promises';
import * as z from 'zod';
import { carriedColumn } from './stream-carry.ts';
import type { Prepared } from './stream-prepare.ts';
import type { Tally } from './stream-tally.ts';

const place = z.number().int();
const rejectSchema = z.object({ place, reason: z.string(), text: z.string() });
const tallySchema = z.object({
  name: z.string(),
  keyId: z.string(),
  client: z.string(),
  records: place,
  events: place,
  duplicates: place,
  skipped: place,
  rejects: z.array(rejectSchema),
  from: z.number(),
  to: z.number(),
  clockSkew: z.number().nullable(),
});
const preparedSchema = z.object({
  tallies: z.array(z.tuple([z.string(), tallySchema])),
  /** Tally by its place in the list, and place in the segment. */
  origins: z.array(z.tuple([place, place])),
  offsets: z.array(z.tuple([z.string(), place])),
  carried: z.string(),
});

/**
 * Writes down what was made of a segment whose records another mapper might map otherwise: when the store has taken them and
 * the program is killed before they are counted, they are counted as this says.
 */
export async function writePrepared(path: string, { tallies, origins, offsets, carried }: Prepared): Promise<void> {
  const order = new Map<Tally, number>([...tallies.values()].map((tally, index) => [tally, index]));
  const text: z.infer<typeof preparedSchema> = {
    tallies: [...tallies],
    origins: origins.map((origin) => [order.get(origin.tally) ?? 0, origin.place]),
    offsets: [...offsets],
    carried: carriedColumn.write([...carried]),
  };
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(text));
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** What was written; throws where it was not written whole. */
export async function readPrepared(path: string): Promise<Prepared> {
  const { tallies, origins, offsets, carried } = preparedSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  return {
    tallies: new Map(tallies),
    origins: origins.flatMap(([index, at]) => {
      const tally = tallies[index]?.[1];
      return tally ? [{ tally, place: at }] : [];
    }),
    offsets: new Map(offsets),
    carried: carriedColumn.read(carried),
    read: new Map(),
    isPlain: false,
  };
}
