import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ruleBookOf } from '#server/alerts/rule-book.ts';
import { DEFAULT_MEMORY_LIMIT } from '#server/config.ts';
import { previewDraft } from '#server/exceptions/preview.ts';
import { searchEvents } from '#server/investigate/events.ts';
import { rarity } from '#server/investigate/rarity.ts';
import { processTree } from '#server/investigate/tree.ts';
import { loadRules } from '#server/rules/load.ts';
import { replayRule } from '#server/rules/replay.ts';
import { runRule } from '#server/rules/run.ts';
import { standingFilters } from '#server/rules/standing-filter.ts';
import { runAt, type TimeRange } from '#server/rules/ticks.ts';
import { openState } from '#server/state/open-state.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { getRarity } from '#shared/api/rules.ts';
import { must } from '#shared/base/assert.ts';
import { DAY, formatInstant, HOUR, type Instant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { exceptionDraftSchema } from '#shared/exceptions/item.ts';
import { EVENT_COLUMN, type Plan } from '#shared/plan/plan.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { writeFleetEvents, writeTree } from './fleet-events.ts';

const EVENTS = Number(process.argv[2] ?? 10_000_000);
const FOLDER = process.argv[3];
const ROUNDS = Number(process.argv[4] ?? 9);
/** Of the names of what is measured: only those that it fits. */
const WANTED = new RegExp(process.argv[5] ?? '');
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

/** Runs something some times, where it is wanted, and notes how long it took and how much memory the process had. */
async function measure(name: string, rounds: number, work: (round: number) => Promise<unknown>): Promise<void> {
  if (!WANTED.test(name)) return;
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
  if (EVENTS > before) await showLoaded(folder, EVENTS - before);
  process.send?.(results);
}

/** All files together; the store is closed, so that what it has stands in its file. */
async function showLoaded(folder: string, events: number): Promise<void> {
  const sum = (of: (measured: Measured) => number) =>
    results.reduce((total, measured) => total + of(measured), 0) / 1000;
  const [clock, processors] = [sum(({ median }) => median), sum((measured) => measured.processors)];
  const memory = Math.max(0, ...results.map((measured) => measured.memory));
  const { size } = await stat(join(folder, 'events.duckdb'));
  console.log(
    `${events} events loaded with their texts: clock ${clock.toFixed(0)} s, ${Math.round(events / clock)} events/s; ` +
      `processors ${processors.toFixed(0)} s, ${((processors / events) * 1e6).toFixed(1)} us an event; ` +
      `at most ${memory.toFixed(0)} MB resident; ${(size / 1e6).toFixed(0)} MB on disk`,
  );
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
  const keep = () => store.keepMatches(rules.flatMap((rule) => standingFilters(rule, rule)));
  await measure('matches of both rules, made', 1, async () => {
    const kept = await keep();
    return kept.map((one) => (one.kept ? one.events : one.reason)).join(', ');
  });
  await keep();
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

/** The tenth part of the week in which the last million events lie, by one to three fields. */
async function measureRarity(store: EventStore, to: Instant): Promise<void> {
  const from = formatInstant(to - (7 * DAY) / 10);
  const keys = ['process.command_line', 'process.parent.executable', 'process.working_directory'];
  for (const { rule, filter } of await compiledRules()) {
    for (const by of [keys.slice(0, 1), keys.slice(0, 2), keys]) {
      const query = getRarity.query.parse({ rule: rule.slug, from, by });
      await measure(`${rule.slug}: rarity by ${by.length} of a million events`, ROUNDS, async () => {
        const { totalGroups, matchedEvents } = await rarity(
          store,
          { matches: filter, keys: by, thresholds: null },
          query,
        );
        return `${totalGroups} groups of ${matchedEvents} matches`;
      });
    }
  }
}

const TREE = 10_000;

async function measureTree(store: EventStore, folder: string, to: Instant): Promise<void> {
  const name = `tree of ${TREE} processes`;
  if (!WANTED.test(name)) return;
  const file = join(folder, 'tree.ndjson');
  const batch = (await store.lastBatch()) + 1;
  await writeTree(file, TREE, to - DAY);
  await store.append({ id: batch, path: file });
  await measure(name, ROUNDS, async () => {
    const { nodes } = await processTree(store, ['tree 0'], new Map(), TREE + 1);
    return `${nodes.length} processes`;
  });
  await store.remove(batch);
  await rm(file);
}

/** A form asks with every key that is struck: each time another draft, over a range that it has asked about before. */
async function measurePreview(store: EventStore, range: TimeRange): Promise<void> {
  const state = await openState(':memory:');
  const library = await loadRules('rules');
  const context = {
    state,
    store,
    rules: ruleBookOf(library, { catalogue: ECS_PROCESS }),
    now: range.to,
    signal: new AbortController().signal,
    openEmpty: () => openReferenceStore({ catalogue: ECS_PROCESS }),
  };
  for (const { rule } of library.rules) {
    const preview = async (round: number) => {
      const value = `* ${round % 4}*`;
      const draft = exceptionDraftSchema.parse({
        ...{
          rule: rule.slug,
          name: 'a preview',
          reason: 'a measure',
          stage: 'event',
          enabled: true,
          expiresAt: null,
          origin: null,
        },
        entries: [{ type: 'wildcard', field: 'process.command_line', operator: 'included', value }],
      });
      const { removed, kept, created, matchedEvents } = await previewDraft(context, {
        draft,
        replaces: undefined,
        range,
      });
      return `${matchedEvents} events, ${removed} alerts removed, ${kept} kept, ${created} created`;
    };
    await measure(`${rule.slug}: preview of an exception, first`, 1, () => preview(ROUNDS));
    await measure(`${rule.slug}: preview of an exception`, Math.min(ROUNDS, 4), preview);
  }
  await state.destroy();
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
  const name = `append ${SMALL} events`;
  if (!WANTED.test(name)) return;
  const file = join(folder, 'small.ndjson');
  const first = (await store.lastBatch()) + 1;
  const write = (round: number) => {
    const from = EVENTS + (first + round) * SMALL;
    return writeFleetEvents(file, EVENTS, { from, to: from + SMALL });
  };
  const rounds = Math.min(ROUNDS, 5);
  for (let round = 0; round < rounds; round += 1) {
    await write(round);
    await measure(name, 1, async () => {
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
  const range = must((await store.statistics()).window, 'events');
  await measureRules(store, range.to);
  await measureOthers(store);
  await measureRarity(store, range.to);
  await measurePreview(store, range);
  await measureTree(store, folder, range.to);
  await measureAppend(store, folder);
  await store.keepMatches([]);
  await store.close();
}

async function inItsOwnProcess(folder: string): Promise<void> {
  const child = fork(must(process.argv[1], 'script'), [String(EVENTS), folder, String(ROUNDS), '', 'load']);
  child.on('message', (loaded: readonly Measured[]) => results.push(...loaded));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('Loading failed');
}

const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`;

if (process.argv[6] === 'load') await load(must(FOLDER, 'folder'));
else {
  const folder = FOLDER ?? (await mkdtemp(join(tmpdir(), 'oddspawn-bench-')));
  try {
    await mkdir(folder, { recursive: true });
    console.log(`${EVENTS} events over 7 days; medians of ${ROUNDS} rounds; ${machine}`);
    await inItsOwnProcess(folder);
    if (ROUNDS > 0) await serve(folder);
    await mkdir('.build/bench', { recursive: true });
    await writeFile(
      RESULTS,
      JSON.stringify({ events: EVENTS, machine, at: new Date().toISOString(), results }, null, 2),
    );
  } finally {
    if (FOLDER === undefined) await rm(folder, { recursive: true, force: true });
  }
}
