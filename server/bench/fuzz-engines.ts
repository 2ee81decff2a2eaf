import { searchDifferences } from '#server/prove/engines/search.ts';

/** Random questions about random documents: both engines must answer the same. */
const PAIRS = Number(process.argv[2] ?? 100_000);
const SEED = Number(process.argv[3] ?? 1);
const MOST = Number(process.argv[4] ?? 20);
const EVERY = 2500;

let told = 0;
const start = performance.now();
const report = await searchDifferences({
  ...{ pairs: PAIRS, seed: SEED, most: MOST },
  progress: (pairs) => {
    if (pairs - told < EVERY) return;
    told = pairs;
    console.log(`${pairs} pairs, ${((performance.now() - start) / 1000).toFixed(0)} s`);
  },
  tell: ({ question, documents, reason }) => {
    console.log(`--- ${question.kind}\n${question.text}\n  ${reason}\n  documents ${JSON.stringify(documents)}`);
  },
});
const { pairs, questions, byKind, trivial, refused, beyond, coverage, found } = report;
console.log(
  JSON.stringify({
    pairs,
    questions,
    byKind,
    trivial,
    refused,
    beyond,
    seen: coverage.seen(),
    missing: coverage.missing(),
    found: found.length,
  }),
);
if (found.length > 0) process.exitCode = 1;
