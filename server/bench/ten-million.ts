import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DEFAULT_MEMORY_LIMIT } from '#server/config.ts';
import { searchEvents } from '#server/investigate/events.ts';
import { loadRules } from '#server/rules/load.ts';
import { replayRule } from '#server/rules/replay.ts';
import { runRule } from '#server/rules/run.ts';
import { standingFilters } from '#server/rules/standing-filter.ts';
import { runAt } from '#server/rules/ticks.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import { DAY, HOUR, type Instant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { EVENT_COLUMN, type Plan } from '#shared/plan/plan.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { writeFleetEvents } from './fleet-events.ts';

const EVENTS = Number(process.argv[2] ?? 10_000_000);
const FOLDER = process.argv[3];
const ROUNDS = Number(process.argv[4] ?? 9);
const RESULTS = '.build/bench/ten-million.json';

/** Events of one file, as somebody would upload them. */
const PER_FILE = 500_000;
const SMALL = 5_000;

interface Measured {
  readonly name: string;
  /** Milliseconds of each round. */
  readonly rounds: readonly number[];
  readonly median: number;
  readonly least: number;
  /** Milliseconds of the processors, median: what the median comes near to where nothing else runs. */
  readonly processors: number;
  /** Greatest resident memory of the process meanwhile, in MB. */
  readonly memory: number;
  readonly answer: string;
}

const results: Measured[] = [];

/** Runs something some times and notes how long it took and how much memory the process had. */
async function measure(name: string, rounds: number, work: (round: number) => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  const used: number[] = [];
  let [memory, answer] = [0, ''];
  const look = () => {
    memory = Math.max(memory, process.memoryUsage.rss() / 1e6);
  };
  const looking = setInterval(look, 50);
  for (let round = 0; round < rounds; round += 1) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    answer = String(await work(round));
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    used.push((user + system) / 1000);
    look();
  }
  clearInterval(looking);
  const [sorted, processors] = [times, used].map((each) => each.toSorted((left, right) => left - right));
  const measured = {
    name,
    rounds: times,
    median: sorted?.[rounds >> 1] ?? 0,
    least: sorted?.[0] ?? 0,
    processors: processors?.[rounds >> 1] ?? 0,
    memory,
    answer,
  };
  results.push(measured);
  show(measured);
}

const show = ({ name, median, least, processors, memory, answer }: Measured): void =>
  console.log(
    `${name.padEnd(52)} ${median.toFixed(1).padStart(9)} ms, least ${least.toFixed(1).padStart(9)} ms, ` +
      `processors ${processors.toFixed(1).padStart(9)} ms, ` +
      `${memory.toFixed(0).padStart(5)} MB  ${answer}`,
  );

const open = (folder: string): Promise<EventStore> =>
  openDuckdbStore({
    path: join(folder, 'events.duckdb'),
    catalogue: ECS_PROCESS,
    memoryLimit: DEFAULT_MEMORY_LIMIT,
  });

/** Appends what is missing of the week, file after file. */
async function load(folder: string): Promise<void> {
  const store = await open(folder);
  const file = join(folder, 'part.ndjson');
  const before = (await store.statistics()).events;
  let batch = before / PER_FILE;
  for (let from = before; from < EVENTS; from += PER_FILE) {
    batch += 1;
    const to = Math.min(EVENTS, from + PER_FILE);
    const size = await writeFleetEvents(file, EVENTS, { from, to });
    await measure(`append ${to - from} events to ${from}`, 1, async () => {
      await store.append({ id: batch, path: file });
      return `${(size / 1e6).toFixed(0)} MB`;
    });
  }
  await rm(file, { force: true });
  await store.close();
}

async function compiledRules(): Promise<readonly CompiledRule[]> {
  const { rules } = await loadRules('rules');
  return rules.map(({ rule }) => {
    const compiled = compileRule(rule, ECS_PROCESS, []);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    return compiled.value;
  });
}

/** The end of the data, and of each of the last days at another hour: a run of each rule at each. */
const endsOfRuns = (to: Instant): readonly Instant[] =>
  Array.from({ length: ROUNDS }, (_, round) => to - (round % 3) * DAY - round * 3 * HOUR);

async function measureRules(store: EventStore, to: Instant): Promise<void> {
  const rules = await compiledRules();
  for (const rule of rules) {
    await measure(`${rule.rule.slug}: replay without matches`, 1, () => replayOf(store, rule));
  }
  await measure('matches of both rules, made', 1, async () => {
    const kept = await store.keepMatches(rules.flatMap((rule) => standingFilters(rule, rule)));
    return kept.map((one) => (one.kept ? one.events : one.reason)).join(', ');
  });
  for (const rule of rules) {
    const ends = endsOfRuns(to);
    await measure(`${rule.rule.slug}: one run`, ROUNDS, async (round) => {
      const { interval } = rule.rule;
      const tick = Math.ceil((ends[round] ?? to) / interval) * interval;
      const { drafts, eventsMatched } = await runRule(store, rule, runAt(tick, interval));
      return `${drafts.length} alerts of ${eventsMatched} matches`;
    });
  }
  for (const rule of rules) {
    await measure(`${rule.rule.slug}: replay`, ROUNDS, () => replayOf(store, rule));
  }
}

async function replayOf(store: EventStore, rule: CompiledRule): Promise<string> {
  const { drafts, eventsMatched } = await replayRule(store, rule);
  return `${drafts.length} drafts of ${eventsMatched} matches`;
}

/** Somewhere in the week: an event of each round. */
const someEvent = (round: number): number => 1 + Math.floor(((round * 0.618 + 0.5) % 1) * (EVENTS - 1));

async function measureOthers(store: EventStore): Promise<void> {
  await measure('statistics', ROUNDS, async () => (await store.statistics()).events);
  const ids = (round: number) => Array.from({ length: 100 }, (_, index) => `N${someEvent(round + index).toString(36)}`);
  await measure('numbers of 100 ids', ROUNDS, async (round) => (await store.numbersOf(ids(round))).size);
  await measure('documents of 100 events', ROUNDS, async (round) => {
    const numbers = Array.from({ length: 100 }, (_, index) => someEvent(round + index));
    return (await store.documents(numbers)).length;
  });
  await measure('few fields of 100 events', ROUNDS, async (round) => {
    const numbers = Array.from({ length: 100 }, (_, index) => someEvent(round + index));
    return (await store.run(fieldsOf(numbers), { now: 0 })).rows.length;
  });
  await measure('lineage, up to 500 events', ROUNDS, async (round) => {
    const { numbers } = await store.lineage([someEvent(round)], 500);
    return numbers.length;
  });
  const search = async (kql: string) => {
    const found = await searchEvents(store, { kql, from: undefined, to: undefined, limit: 50, offset: 0 });
    return found.ok ? `${found.value.total} events` : 'a bad query';
  };
  await measure('page and histogram of all events', ROUNDS, () => search(''));
  await measure('page and histogram of a name', ROUNDS, () => search('process.parent.name: nginx'));
  await measure('page and histogram of a text', ROUNDS, () => search('process.command_line: *once*'));
}

const fieldsOf = (numbers: readonly number[]): Plan => ({
  steps: [
    {
      kind: 'filter',
      where: {
        kind: 'in',
        value: { kind: 'single', of: { kind: 'column', name: EVENT_COLUMN, type: 'long' } },
        items: numbers.map((value) => ({ kind: 'literal', type: 'long', value })),
      },
    },
    { kind: 'keep', columns: ['@timestamp', 'event.id', 'process.command_line', 'host.name'] },
  ],
});

/** Small batches after all others, taken out again. */
async function measureAppend(store: EventStore, folder: string): Promise<void> {
  const file = join(folder, 'small.ndjson');
  const first = (await store.lastBatch()) + 1;
  const write = (round: number) => {
    const from = EVENTS + (first + round) * SMALL;
    return writeFleetEvents(file, EVENTS, { from, to: from + SMALL });
  };
  const rounds = Math.min(ROUNDS, 5);
  for (let round = 0; round < rounds; round += 1) {
    await write(round);
    await measure(`append ${SMALL} events`, 1, async () => {
      const { events } = await store.append({ id: first + round, path: file });
      return `${events} stored`;
    });
  }
  await measure('the same file again', 1, async () => {
    const { duplicates } = await store.append({ id: first + rounds, path: file });
    return `${duplicates} duplicates`;
  });
  for (let round = 0; round < rounds; round += 1) await store.remove(first + round);
  await rm(file);
}

async function serve(folder: string): Promise<void> {
  const store = await open(folder);
  await measure('statistics, first time', 1, async () => (await store.statistics()).events);
  const { window } = await store.statistics();
  await measureRules(store, must(window, 'events').to);
  await measureOthers(store);
  await measureAppend(store, folder);
  await store.keepMatches([]);
  await store.close();
}

async function inItsOwnProcess(folder: string): Promise<void> {
  const child = fork(must(process.argv[1], 'script'), [String(EVENTS), folder, String(ROUNDS), 'load']);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('Loading failed');
}

const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`;

if (process.argv[5] === 'load') await load(must(FOLDER, 'folder'));
else {
  const folder = FOLDER ?? (await mkdtemp(join(tmpdir(), 'oddspawn-bench-')));
  try {
    await mkdir(folder, { recursive: true });
    console.log(`${EVENTS} events over 7 days; medians of ${ROUNDS} rounds; ${machine}`);
    await inItsOwnProcess(folder);
    await serve(folder);
    await mkdir('.build/bench', { recursive: true });
    await writeFile(
      RESULTS,
      JSON.stringify({ events: EVENTS, machine, at: new Date().toISOString(), results }, null, 2),
    );
  } finally {
    if (FOLDER === undefined) await rm(folder, { recursive: true, force: true });
  }
}
