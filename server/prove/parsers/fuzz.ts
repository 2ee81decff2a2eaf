import { type Random, seeded } from '#server/demo/random.ts';
import { arbitraryText } from './damage.ts';
import { type Reader, readersOver } from './parsers.ts';
import { fieldsOfCases, type Texts, textsOf } from './texts.ts';

/** What one parser made of its share. */
export interface ParserCounts {
  readonly parser: string;
  readonly inputs: number;
  readonly taken: number;
  readonly refused: number;
  /** The input that took longest, in milliseconds. */
  readonly slowest: { readonly milliseconds: number; readonly text: string };
}

/** A text that a parser did not end as it must, with how to make it again. */
export interface Broken {
  readonly parser: string;
  readonly text: string;
  readonly reason: string;
}

export interface ParserFuzz {
  readonly counts: readonly ParserCounts[];
  readonly broken: readonly Broken[];
}

export interface FuzzOptions {
  /** The project's folder, whose texts are damaged. */
  readonly root: string;
  readonly inputs: number;
  readonly seed: number;
  /** What is found is enough after so many. */
  readonly most: number;
  /** Told what a parser has done, now and then. */
  readonly progress?: (parser: string, inputs: number) => void;
}

const NAMES = ['kql', 'esql', 'pattern', 'toml', 'ndjson'] as const;

/** How many of ten inputs each parser gets: the languages most. */
const SHARES: Readonly<Record<(typeof NAMES)[number], number>> = { kql: 3, esql: 4, pattern: 1, toml: 1, ndjson: 1 };

/** Feeds every parser texts near its language, and tells which it took, which it refused, and which broke it. */
export function fuzzParsers({ root, inputs, seed, most, progress = () => {} }: FuzzOptions): ParserFuzz {
  const texts = textsOf(root);
  const readers = readersOver(fieldsOfCases(root));
  const broken: Broken[] = [];
  const counts = NAMES.map((parser, index) => {
    const share = Math.ceil((inputs * SHARES[parser]) / 10);
    const run = { read: readers[parser], random: seeded(seed + index), broken, most };
    return fuzzOne(parser, texts[parser], share, { ...run, progress: (done) => progress(parser, done) });
  });
  return { counts, broken };
}

interface Run {
  readonly read: Reader;
  readonly random: Random;
  readonly broken: Broken[];
  readonly most: number;
  readonly progress: (inputs: number) => void;
}

const EVERY = 20_000;

function fuzzOne(
  parser: (typeof NAMES)[number],
  texts: Texts,
  inputs: number,
  { read, random, broken, most, progress }: Run,
): ParserCounts {
  let [taken, refused] = [0, 0];
  let slowest = { milliseconds: 0, text: '' };
  for (let count = 1; count <= inputs && broken.length < most; count += 1) {
    const text = arbitraryText(texts, random);
    try {
      const { result, milliseconds } = timed(() => read(text));
      if (result) taken += 1;
      else refused += 1;
      if (milliseconds > slowest.milliseconds) slowest = { milliseconds, text };
      if (milliseconds > LONGEST_MILLISECONDS)
        broken.push({ parser, text, reason: `took ${milliseconds.toFixed(0)} ms` });
    } catch (error) {
      broken.push({ parser, text, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    if (count % EVERY === 0) progress(count);
  }
  return { parser, inputs: taken + refused, taken, refused, slowest };
}

/** No text may take longer. */
const LONGEST_MILLISECONDS = 1000;
const ATTEMPTS = 3;

/** By the clock; what seems too slow is tried again in processor time, since the machine may have been busy with something else. */
function timed<Value>(work: () => Value): { readonly result: Value; readonly milliseconds: number } {
  const start = performance.now();
  const result = work();
  let milliseconds = performance.now() - start;
  for (let attempt = 1; milliseconds > LONGEST_MILLISECONDS && attempt < ATTEMPTS; attempt += 1) {
    const before = process.cpuUsage();
    work();
    milliseconds = Math.min(milliseconds, process.cpuUsage(before).user / 1000);
  }
  return { result, milliseconds };
}
