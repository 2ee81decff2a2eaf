import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules } from '#server/rules/load.ts';
import { runRule } from '#server/rules/run.ts';
import { standingFilters } from '#server/rules/standing-filter.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import type { Instant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { AnyEntry } from '#shared/exceptions/item.ts';
import type { Ticks } from '#shared/plan/plan.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { writeFleetEvents } from './fleet-events.ts';
import { median, processorTime } from './measuring.ts';

const EVENTS = Number(process.argv[2] ?? 500_000);
const ITEMS = Number(process.argv[3] ?? 1000);
/** Of `ten-million.ts`: events are taken from there, and not made. */
const FOLDER = process.argv[4];
const ROUNDS = 7;

const match = (field: string, value: string): AnyEntry => ({ type: 'match', field, operator: 'included', value });

/** Items of each kind in turn, as a list that has grown over years: most hold for a few events, and many for none. */
const KINDS: readonly ((index: number) => readonly AnyEntry[])[] = [
  (index) => [match('process.command_line', `file -b /srv/upload/${index}`)],
  (index) => [match('host.id', `host-${index % 300}`), match('process.command_line', `id -u ${index}`)],
  (index) => [match('process.executable', `/opt/vendor-${index}/bin/agent`)],
  (index) => [
    { type: 'wildcard', field: 'process.command_line', operator: 'included', value: `convert /srv/*/${index}.p?g *` },
  ],
  (index) => [
    match('process.parent.name', 'nginx'),
    { type: 'match_any', field: 'process.args', operator: 'included', value: [`--job=${index}`, `--task=${index}`] },
  ],
];

const items = (count: number): readonly RuleException[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `item ${index}`,
    stage: 'event',
    entries: must(KINDS[index % KINDS.length], 'kind')(index),
  }));

interface Measured {
  readonly compile: number;
  readonly run: number;
  readonly drafts: number;
}

function compiledRule(rule: Rule, exceptions: readonly RuleException[]): CompiledRule {
  const compiled = compileRule(rule, ECS_PROCESS, exceptions);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value;
}

/** Median milliseconds of processor time of compiling the rule with its exceptions, and of runs at these times, whole: rows, counts, facts. */
async function measure(
  store: EventStore,
  rule: Rule,
  exceptions: readonly RuleException[],
  ticks: Ticks,
): Promise<Measured> {
  const [compiles, runs]: [number[], number[]] = [[], []];
  let drafts = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const start = processorTime();
    const compiled = compiledRule(rule, exceptions);
    const asked = processorTime();
    drafts = (await runRule(store, compiled, ticks)).drafts.length;
    if (round === 0) continue;
    compiles.push(asked - start);
    runs.push(processorTime() - asked);
  }
  return { compile: median(compiles), run: median(runs), drafts };
}

function ticksOf({ interval }: Rule, window: { readonly from: Instant; readonly to: Instant }): readonly Ticks[] {
  const last = Math.ceil(window.to / interval) * interval;
  return [
    { first: last, last, interval },
    { first: Math.ceil(window.from / interval) * interval, last, interval },
  ];
}

async function compare(store: EventStore, rules: readonly Rule[], note: string): Promise<void> {
  const { window } = await store.statistics();
  console.log(`${note}; milliseconds of processor time without, with, and their ratio; compiling without, with`);
  for (const rule of rules) {
    for (const ticks of ticksOf(rule, must(window, 'events'))) {
      const without = await measure(store, rule, [], ticks);
      const withItems = await measure(store, rule, items(ITEMS), ticks);
      const runs = (ticks.last - ticks.first) / ticks.interval + 1;
      console.log(
        `${`${rule.slug}: ${runs} runs`.padEnd(60)} ${without.run.toFixed(1).padStart(8)} ${withItems.run.toFixed(1).padStart(8)} ` +
          `${(withItems.run / without.run).toFixed(2).padStart(6)} x ${without.compile.toFixed(1).padStart(6)} ${withItems.compile.toFixed(1).padStart(6)}   ` +
          `${without.drafts} drafts, ${withItems.drafts} with`,
      );
    }
  }
}

const folder = FOLDER ?? (await mkdtemp(join(tmpdir(), 'oddspawn-bench-')));
try {
  const path = join(folder, FOLDER === undefined ? 'events.db' : 'events.duckdb');
  const store = await openDuckdbStore({
    path,
    catalogue: ECS_PROCESS,
    keepText: FOLDER !== undefined,
    memoryLimit: '1GB',
  });
  if (FOLDER === undefined) {
    const file = join(folder, 'events.ndjson');
    await writeFleetEvents(file, EVENTS);
    await store.append({ id: 1, path: file });
  }
  const rules = (await loadRules('rules')).rules.map(({ rule }) => rule);
  // As the server does: matches of the rules, and what exceptions leave of them, are kept, so that a run looks at no other events.
  const keep = async (exceptions: readonly RuleException[]): Promise<string> => {
    const before = processorTime();
    const standing = rules.flatMap((rule) => standingFilters(compiledRule(rule, []), compiledRule(rule, exceptions)));
    await store.keepMatches(standing);
    return (processorTime() - before).toFixed(0);
  };
  console.log(`matches of the rules kept in ${await keep([])} ms of processor time`);
  console.log(`${ITEMS} items kept in ${await keep(items(ITEMS))} ms`);
  console.log(
    `one of them taken away in ${await keep(items(ITEMS).slice(1))} ms, and put back in ${await keep(items(ITEMS))} ms`,
  );
  const { events } = await store.statistics();
  await compare(store, rules, `${events} events, ${ITEMS} items`);
  // Until an exception that has just been made is kept as well, runs ask it of each match.
  await keep([]);
  await compare(store, rules, 'the same before the exceptions are kept');
  await store.keepMatches([]);
  await store.close();
} finally {
  if (FOLDER === undefined) await rm(folder, { recursive: true, force: true });
}
