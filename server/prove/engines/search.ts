import { availableParallelism } from 'node:os';
import fc from 'fast-check';
import { type Random, seeded } from '#server/demo/random.ts';
import { openPair, type Pair } from '#server/store/contract/differential.ts';
import { must } from '#shared/base/assert.ts';
import { parseInstant } from '#shared/base/time.ts';
import { arbitraryDocuments } from '#shared/evaluate/generate/documents.ts';
import type { PlanResult } from '#shared/plan/result.ts';
import { type Coverage, openCoverage } from './coverage.ts';
import { FIELDS, WORDS } from './fields.ts';
import { type Asked, askConditions, askEsql, askFilter, askRule, type Question } from './questions.ts';
import { shrunk } from './shrink.ts';

export const RANGE = {
  from: must(parseInstant('2026-11-21T10:00:00Z'), 'instant'),
  to: must(parseInstant('2026-11-21T12:00:00Z'), 'instant'),
};

/** The engines answered differently, or one did not answer. */
export interface Found {
  readonly question: Question;
  readonly documents: readonly unknown[];
  readonly asked: Asked;
  readonly reason: string;
}

export interface SearchReport {
  /** Pairs of a set of documents and a question to it. */
  readonly pairs: number;
  /** Different questions; those of a kind below. */
  readonly questions: number;
  readonly byKind: Readonly<Record<Question['kind'], number>>;
  /** Conditions that hold for no event or for every one; queries and rules without rows. */
  readonly trivial: Readonly<Record<Question['kind'], number>>;
  /** What was drawn and did not compile. */
  readonly refused: number;
  /** Not asked: DuckDB says that it has no such thing. */
  readonly beyond: number;
  readonly coverage: Coverage;
  readonly found: readonly Found[];
}

export interface SearchOptions {
  readonly pairs: number;
  readonly seed: number;
  /** Differences after which it is enough. */
  readonly most: number;
  readonly progress?: (pairs: number) => void;
  readonly tell?: (found: Found) => void;
}

/**
 * A store holds several sets of documents. A condition is asked of each document for itself, and so of each set; whatever groups,
 * sorts or limits is asked of all of them as one.
 */
const SETS_OF_A_STORE = 5;
const DOCUMENTS = arbitraryDocuments(FIELDS, WORDS, RANGE, {
  minLength: SETS_OF_A_STORE * 10,
  maxLength: SETS_OF_A_STORE * 20,
});
/** Pairs before the next store. */
const PAIRS_OF_A_STORE = 2500;
/** Stores that are asked beside each other: a question to so few documents keeps one processor busy, mostly with planning. */
const AT_ONCE = availableParallelism();

interface Counting {
  pairs: number;
  questions: number;
  refused: number;
  beyond: number;
  readonly byKind: Record<Question['kind'], number>;
  readonly trivial: Record<Question['kind'], number>;
  readonly coverage: Coverage;
  readonly found: Found[];
  readonly tell: (found: Found) => void;
}

/** Asks both engines random questions about random documents, until so many have been asked. */
export async function searchDifferences({ pairs, seed, most, progress, tell }: SearchOptions): Promise<SearchReport> {
  const none = (): Record<Question['kind'], number> => ({ kql: 0, esql: 0, exception: 0, rule: 0 });
  const counting: Counting = {
    ...{ pairs: 0, questions: 0, refused: 0, beyond: 0, byKind: none(), trivial: none() },
    ...{ coverage: openCoverage(), found: [], tell: tell ?? (() => {}) },
  };
  const stores = Math.ceil(pairs / PAIRS_OF_A_STORE);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < stores && counting.found.length < most) {
      const store = next++;
      const random = seeded(seed * 1_000_003 + store);
      const size = Math.min(PAIRS_OF_A_STORE, pairs - store * PAIRS_OF_A_STORE);
      await askOneStore(random, { seed: random.between(0, 2 ** 31 - 1), size }, counting);
      progress?.(counting.pairs);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return counting;
}

async function askOneStore(
  random: Random,
  { seed, size }: { seed: number; size: number },
  counting: Counting,
): Promise<void> {
  const documents = must(fc.sample(DOCUMENTS, { seed, numRuns: 1 })[0], 'documents');
  const pair = await openPair(FIELDS);
  try {
    await pair.append(documents);
    for (let asked = 0; asked < size; ) asked += await askOne(pair, ask(random, counting), documents, counting);
  } finally {
    await pair.close();
  }
}

function ask(random: Random, counting: Counting): Asked {
  const refused = (): void => {
    counting.refused += 1;
  };
  const draw = random.between(0, 99);
  if (draw < 10) return askConditions(random, refused);
  if (draw < 22) return askFilter(random, refused);
  return draw < 78 ? askEsql(random, refused) : askRule(random, RANGE, refused);
}

/** How many pairs it was. */
async function askOne(pair: Pair, asked: Asked, documents: readonly unknown[], counting: Counting): Promise<number> {
  if (pair.lacks(asked.plan).length > 0) {
    counting.beyond += 1;
    return 0;
  }
  counting.coverage.add(asked.plan);
  const outcome = await answered(pair, asked);
  const before = counting.pairs;
  for (const [index, { kind }] of asked.questions.entries()) {
    counting.questions += 1;
    counting.pairs += kind === 'kql' || kind === 'exception' ? SETS_OF_A_STORE : 1;
    counting.byKind[kind] += 1;
    if (outcome.expected && isTrivial(asked, index, outcome.expected.rows)) counting.trivial[kind] += 1;
  }
  const pairs = counting.pairs - before;
  if (outcome.reason === null) return pairs;
  const question = asked.questions[outcome.index] ?? must(asked.questions[0], 'question');
  const fewer = await shrunk(documents, async (some) => (await ofDocuments(some, asked)) !== null);
  const reason = (await ofDocuments(fewer, asked)) ?? outcome.reason;
  const found = { question, asked, documents: fewer, reason };
  counting.found.push(found);
  counting.tell(found);
  return pairs;
}

interface Outcome {
  readonly expected: Pick<PlanResult, 'rows'> | null;
  readonly reason: string | null;
  /** Which of the questions differs. */
  readonly index: number;
}

async function answered(pair: Pair, { plan, questions }: Asked): Promise<Outcome> {
  try {
    const { equal, expected, actual } = await pair.compare(plan, RANGE.to);
    if (equal) return { expected, reason: null, index: 0 };
    const index = questions.findIndex((_, at) =>
      expected.rows.some((row, line) => row[`q${at}`] !== actual.rows[line]?.[`q${at}`]),
    );
    return { expected, index: Math.max(0, index), reason: `expected ${shown(expected)}\n  actual ${shown(actual)}` };
  } catch (error) {
    return {
      expected: null,
      index: 0,
      reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

const SHOWN = 4000;
const shown = (value: unknown): string =>
  (JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one)) ?? '').slice(0, SHOWN);

/** How the engines differ over these documents; null where they do not. */
async function ofDocuments(documents: readonly unknown[], asked: Asked): Promise<string | null> {
  const pair = await openPair(FIELDS);
  try {
    await pair.append(documents);
    return (await answered(pair, asked)).reason;
  } finally {
    await pair.close();
  }
}

const isTrivial = ({ questions }: Asked, index: number, rows: PlanResult['rows']): boolean =>
  questions.length === 1 ? rows.length === 0 : new Set(rows.map((row) => row[`q${index}`])).size < 2;
