import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Plan } from '#shared/plan/plan.ts';

const FOLDER = join(import.meta.dirname, 'differences');

/** A plan as data. It is checked against the fields before it is run; a file is code of ours, not a user's. */
const stepsSchema = z.custom<Plan['steps']>((steps) => Array.isArray(steps));

const differenceSchema = z.strictObject({
  /** What made an engine answer otherwise. */
  because: z.string(),
  now: z.string(),
  documents: z.array(z.record(z.string(), z.unknown())),
  plan: stepsSchema,
  rows: z.array(z.record(z.string(), z.unknown())),
});
export type Difference = z.infer<typeof differenceSchema> & { readonly file: string };

/** Differences once found by a search, shrunk: `differences/*.yaml`. */
export async function loadDifferences(): Promise<readonly Difference[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.yaml')).toSorted();
  return Promise.all(
    files.map(async (file) => {
      const content: unknown = parse(await readFile(join(FOLDER, file), 'utf8'));
      return { ...differenceSchema.parse(content), file };
    }),
  );
}
