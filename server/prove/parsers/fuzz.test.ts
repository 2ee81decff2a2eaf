import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuzzParsers } from './fuzz.ts';

/** Longer: `npm run fuzz -- parsers`. */
const INPUTS = 4000;

test('near texts of every language are taken, or refused at a place in them', () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const { counts, broken } = fuzzParsers({ root, inputs: INPUTS, seed: 20_261_122, most: 5 });
  expect(broken).toEqual([]);
  for (const { parser, taken, refused } of counts) {
    expect(taken, `${parser}: taken`).toBeGreaterThan(INPUTS / 200);
    expect(refused, `${parser}: refused`).toBeGreaterThan(INPUTS / 200);
  }
});
