import { readFile, writeFile } from 'node:fs/promises';
import { joinLines, linesIn } from './byte-lines.ts';

/** A record that the store fails at, by its line in the file, from 0. */
export interface Unstorable {
  readonly line: number;
  readonly reason: string;
  readonly text: string;
}

/** Tries whether the store could take a file, and keeps nothing; rejects where it could not. */
export type TryStore = (path: string) => Promise<unknown>;

/** Longest text of a record that is kept, in bytes. */
const TEXT = 16 * 1024;
/** More than that are no records in bad shape, but a store in bad shape. */
const MOST = 50;

/** What the machine refuses, the same records are taken by later. */
const OF_MACHINE = /out of memory|no space|disk|IO Error|invalidated|interrupt|too many open files/i;
const CODES: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENOMEM', 'EACCES', 'EROFS']);

/** Whether an error comes from the machine's state and not from what was to be stored. */
export const isOfMachine = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && CODES.has(error.code)) || OF_MACHINE.test(error.message));

/**
 * The records of a file that the store fails at, found by halving. Null where they cannot be told: too many of them, none by
 * itself, or the store takes nothing at all. Rejects with what the machine refuses.
 * @param scratch path of a file for parts
 */
export async function findUnstorable(
  path: string,
  scratch: string,
  tryStore: TryStore,
): Promise<readonly Unstorable[] | null> {
  const lines = linesIn(await readFile(path)).slice(0, -1);
  const found: Unstorable[] = [];

  async function problemOf(from: number, to: number): Promise<string | null> {
    await writeFile(scratch, joinLines(lines.slice(from, to)));
    try {
      await tryStore(scratch);
      return null;
    } catch (error) {
      if (isOfMachine(error)) throw error;
      return error instanceof Error ? error.message : String(error);
    }
  }

  async function search(from: number, to: number): Promise<void> {
    if (found.length > MOST) return;
    const problem = await problemOf(from, to);
    if (problem === null) return;
    if (to - from === 1) {
      found.push({
        line: from,
        reason: `the store fails at it: ${problem}`,
        text: lines[from]?.toString('utf8', 0, TEXT) ?? '',
      });
      return;
    }
    const middle = Math.floor((from + to) / 2);
    await search(from, middle);
    await search(middle, to);
  }

  if ((await problemOf(0, 0)) !== null) return null;
  await search(0, lines.length);
  return found.length === 0 || found.length > MOST ? null : found;
}

/** Rewrites a file of records without some of its lines. */
export async function withoutLines(path: string, without: ReadonlySet<number>): Promise<void> {
  const lines = linesIn(await readFile(path)).slice(0, -1);
  await writeFile(path, joinLines(lines.filter((_, index) => !without.has(index))));
}
