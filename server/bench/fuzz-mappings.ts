import { MAPPINGS } from '#server/mappings/registry.ts';
import { corpusOf } from '#server/mappings/testing/corpus.ts';
import { fuzz } from '#server/mappings/testing/fuzz.ts';

/** Mutated lines of every source: none may break the program, or grow it. */
const LINES = Number(process.argv[2] ?? 1_000_000);
const SEED = Number(process.argv[3] ?? 1);
const ONLY = process.argv[4];

const report = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

let most = 0;
for (const mapping of MAPPINGS) {
  if (ONLY !== undefined && mapping.name !== ONLY) continue;
  const corpus = corpusOf(process.cwd(), mapping.name === 'ecs' ? 'elastic-defend-8.2' : mapping.name);
  const start = performance.now();
  const { events, rejected, skipped } = fuzz(mapping, { corpus, lines: LINES, seed: SEED });
  const seconds = (performance.now() - start) / 1000;
  most = Math.max(most, process.memoryUsage().rss);
  const left = [...skipped.values()].reduce((sum, count) => sum + count, 0);
  report(
    `${mapping.name}: ${LINES} lines, ${events} events, ${left} skipped, ${rejected} rejected, ${seconds.toFixed(0)} s`,
  );
}
report(`resident memory at most ${Math.round(most / 1024 ** 2)} MiB`);
