import { appendFile, mkdir, readFile, rename, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The last lines that each mapper of a stream has read, on disk: a mapper that reads them again knows the processes that the
 * one before it knew. Of a source twice `bytes` are kept at most; older lines are forgotten, as a mapper forgets.
 */
export interface MapperMemory {
  /** The lines kept of a source, oldest first. */
  readonly recall: (source: string) => Promise<readonly string[]>;
  /** Adds the lines of a segment, unless they were added before. */
  readonly keep: (source: string, segment: number, lines: readonly string[]) => Promise<void>;
}

/** A line of a source begins with a blank, the end of a segment with this: no line can be taken for one. */
const END = '#';
const BYTES = 8 * 1024 * 1024;

interface Kept {
  /** Of the newer file. */
  size: number;
  lastSegment: number;
}

export async function openMapperMemory(folder: string, bytes: number = BYTES): Promise<MapperMemory> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const known = new Map<string, Kept>();
  const newer = (source: string): string => join(folder, `${source}.lines`);
  const older = (source: string): string => join(folder, `${source}.before`);

  async function lookAt(source: string): Promise<Kept> {
    const present = known.get(source);
    if (present) return present;
    const [before, now] = [await textOf(older(source)), await textOf(newer(source))];
    const size = wholeBytes(now);
    if (size < Buffer.byteLength(now)) await truncate(newer(source), size);
    const kept = { size, lastSegment: lastSegmentOf(now) ?? lastSegmentOf(before) ?? 0 };
    known.set(source, kept);
    return kept;
  }

  return {
    async recall(source) {
      await lookAt(source);
      const texts = [await textOf(older(source)), await textOf(newer(source))];
      return texts.flatMap((text) => text.split('\n').flatMap((line) => (line.startsWith(' ') ? [line.slice(1)] : [])));
    },
    async keep(source, segment, lines) {
      const kept = await lookAt(source);
      if (lines.length === 0 || segment <= kept.lastSegment) return;
      if (kept.size >= bytes) {
        await rename(newer(source), older(source));
        kept.size = 0;
      }
      await appendFile(newer(source), `${lines.map((line) => ` ${line}\n`).join('')}${END}${segment}\n`, {
        mode: 0o600,
      });
      kept.lastSegment = segment;
      kept.size = (await stat(newer(source))).size;
    },
  };
}

const lastSegmentOf = (text: string): number | undefined => {
  const last = [...text.matchAll(/^#(\d+)$/gm)].at(-1)?.[1];
  return last === undefined ? undefined : Number(last);
};

/** Bytes up to the end of the last whole segment: what lies behind was being written when the program was killed. */
function wholeBytes(text: string): number {
  const at = text.startsWith(END) ? 0 : text.lastIndexOf(`\n${END}`) + 1;
  const end = text.indexOf('\n', at);
  return at === 0 && !text.startsWith(END)
    ? 0
    : end === -1
      ? wholeBytes(text.slice(0, at))
      : Buffer.byteLength(text.slice(0, end + 1));
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
