import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Mapping } from '#server/mappings/mapping.ts';
import { MAPPINGS, mappingNamed } from '#server/mappings/registry.ts';
import { corpusOf } from '#server/mappings/testing/corpus.ts';
import { fuzz } from '#server/mappings/testing/fuzz.ts';
import { processorTime } from './measuring.ts';

/** Mutated lines of every source, each in a process of its own: none may break it, or grow it. */
const LINES = Number(process.argv[2] ?? 1_000_000);
const SEED = Number(process.argv[3] ?? 1);
const ONLY = process.argv[4];

function tryOne(mapping: Mapping): void {
  const corpus = corpusOf(process.cwd(), mapping.name === 'ecs' ? 'elastic-defend-8.2' : mapping.name);
  const { events, rejected, skipped } = fuzz(mapping, { corpus, lines: LINES, seed: SEED });
  const rate = Math.round((LINES / processorTime()) * 1000);
  const most = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(
    `${mapping.name}: ${LINES} lines, ${events} events, ${skipped} skipped, ${rejected} rejected; ${rate} lines a second of a processor, ${most} MiB at most\n`,
  );
}

const inProcess = ({ name }: Mapping): Promise<boolean> =>
  new Promise((resolve) => {
    const script = fileURLToPath(import.meta.url);
    const child = spawn(process.execPath, [script, String(LINES), String(SEED), name], { stdio: 'inherit' });
    child.once('exit', (code) => resolve(code === 0));
  });

const only = ONLY === undefined ? undefined : mappingNamed(ONLY);
if (only) tryOne(only);
else {
  const waiting = [...MAPPINGS];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) if (!(await inProcess(next))) process.exitCode = 1;
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}
