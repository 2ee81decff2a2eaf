import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MAPPINGS } from './registry.ts';
import { corpusOf } from './testing/corpus.ts';
import { fuzz } from './testing/fuzz.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const SEED = Number(process.env['ODDSPAWN_SEED'] ?? 7);
const LINES = 1500 * Number(process.env['ODDSPAWN_SEARCH'] ?? 1);

/** Documents of a product's own have the cases of hits. */
const sourceOfLines = (name: string): string => (name === 'ecs' ? 'elastic-defend-8.2' : name);

test.each(MAPPINGS)('of every mutated line of $title something comes that was promised', (mapping) => {
  const corpus = corpusOf(ROOT, sourceOfLines(mapping.name));
  const counts = fuzz(mapping, { corpus, lines: LINES, seed: SEED });
  expect(counts.events).toBeGreaterThan(0);
  expect(counts.rejected).toBeGreaterThan(0);
});
