import { expect, test } from 'vitest';
import { searchDifferences } from './search.ts';

/** Longer, and of another seed: `npm run fuzz -- engines`. */
const PAIRS = Math.round(5000 * Number(process.env['ODDSPAWN_SEARCH'] ?? 1));
const SEED = Number(process.env['ODDSPAWN_SEED'] ?? 20_261_122);

test('both engines answer random questions about random documents the same', { timeout: 1_800_000 }, async () => {
  const { found, pairs, byKind, trivial, refused, beyond, coverage } = await searchDifferences({
    ...{ pairs: PAIRS, seed: SEED, most: 3 },
  });
  expect(found).toEqual([]);
  expect(pairs).toBeGreaterThanOrEqual(PAIRS);
  // A search that asks nothing finds nothing: most questions split the events or have rows, and all there is comes up.
  const least = { kql: PAIRS / 10, exception: PAIRS / 40, esql: PAIRS / 40, rule: PAIRS / 100 };
  expect(Object.entries(least).filter(([kind, count]) => byKind[kind as keyof typeof least] < count)).toEqual([]);
  expect(trivial.kql / byKind.kql).toBeLessThan(0.6);
  expect(trivial.exception / byKind.exception).toBeLessThan(0.7);
  expect(trivial.esql / byKind.esql).toBeLessThan(0.5);
  expect(trivial.rule / byKind.rule).toBeLessThan(0.8);
  expect(refused + beyond).toBeLessThan(PAIRS / 5);
  expect(coverage.missing().length).toBeLessThan(coverage.seen() / 10);
});
