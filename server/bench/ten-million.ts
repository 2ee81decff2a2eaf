import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '#shared/base/assert.ts';
import { MACHINE, writeResults } from './measuring.ts';
import { measureAppend } from './ten-million/append.ts';
import { load, openWeek } from './ten-million/load.ts';
import { type Measured, openMeasuring, type Week } from './ten-million/measurements.ts';
import { measurePreview } from './ten-million/preview.ts';
import { measureQuestions, measureRarity } from './ten-million/questions.ts';
import { measureRules } from './ten-million/rules.ts';
import { measureTree } from './ten-million/tree.ts';

const EVENTS = Number(process.argv[2] ?? 10_000_000);
const FOLDER = process.argv[3];
const ROUNDS = Number(process.argv[4] ?? 9);
/** Of the names of what is measured: only those that it fits. */
const WANTED = process.argv[5] ?? '';
/** Loading is done in a process of its own: its memory is not that of serving. */
const isLoading = process.argv[6] === 'load';

async function serve(week: Week): Promise<void> {
  const store = await openWeek(week);
  await week.measure('statistics, first time', 1, async () => (await store.statistics()).events);
  const range = must((await store.statistics()).window, 'events');
  await measureRules(week, store, range.to);
  await measureQuestions(week, store);
  await measureRarity(week, store, range.to);
  await measurePreview(week, store, range);
  await measureTree(week, store, range.to);
  await measureAppend(week, store);
  await store.keepMatches([]);
  await store.close();
}

async function loadApart({ folder, results }: Week): Promise<void> {
  const child = fork(must(process.argv[1], 'script'), [String(EVENTS), folder, String(ROUNDS), '', 'load']);
  child.on('message', (loaded: readonly Measured[]) => results.push(...loaded));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('Loading failed');
}

async function measureAll(week: Week): Promise<void> {
  await mkdir(week.folder, { recursive: true });
  console.log(`${EVENTS} events over 7 days; medians of ${ROUNDS} rounds; ${MACHINE}`);
  await loadApart(week);
  if (ROUNDS > 0) await serve(week);
  await writeResults('ten-million', { events: EVENTS, results: week.results });
}

const folder = FOLDER ?? (await mkdtemp(join(tmpdir(), 'oddspawn-bench-')));
const week: Week = { ...openMeasuring(new RegExp(WANTED)), events: EVENTS, folder, rounds: ROUNDS };
if (isLoading) {
  await load(week);
  process.send?.(week.results);
} else {
  try {
    await measureAll(week);
  } finally {
    if (FOLDER === undefined) await rm(folder, { recursive: true, force: true });
  }
}
