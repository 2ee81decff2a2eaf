import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules } from '#server/rules/load.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import type { Instant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { writeFleetEvents } from './fleet-events.ts';
import { median, timed } from './measuring.ts';

const EVENTS = Number(process.argv[2] ?? 200_000);
const RULES = process.argv[3] ?? 'rules';
const ROUNDS = 7;

interface Measured {
  readonly milliseconds: number;
  readonly rows: number;
}

/** Median of some rounds after one that warms up. */
async function medianOf(work: () => Promise<number>): Promise<Measured> {
  let rows = await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { clock, value } = await timed(work);
    times.push(clock);
    rows = value;
  }
  return { milliseconds: median(times), rows };
}

/** What every figure is compared with: one search through every command line. */
const SCAN: Plan = {
  steps: [
    {
      kind: 'filter',
      where: {
        kind: 'any',
        field: 'process.command_line',
        type: 'string',
        test: { kind: 'like', pattern: [{ wildcard: 'many' }, 'no such command', { wildcard: 'many' }] },
      },
    },
    { kind: 'aggregate', aggregates: [{ name: 'count', function: 'count', of: null, where: null }], keys: [] },
  ],
};

async function compiledRules(): Promise<readonly CompiledRule[]> {
  const { rules, broken } = await loadRules(RULES);
  if (broken.length > 0) throw new Error(JSON.stringify(broken));
  return rules.map(({ rule }) => {
    const compiled = compileRule(rule, ECS_PROCESS, []);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    return compiled.value;
  });
}

/** Each rule's last run, and all its runs over the events in one pass. */
function questions(compiled: readonly CompiledRule[], window: { readonly from: Instant; readonly to: Instant }) {
  return compiled.flatMap((rule) => {
    const { interval, slug } = rule.rule;
    const last = Math.ceil(window.to / interval) * interval;
    const first = Math.ceil(window.from / interval) * interval;
    const runs = (last - first) / interval + 1;
    return [
      { name: `${slug}: last run`, plan: rule.plan({ first: last, last, interval }) },
      { name: `${slug}: ${runs} runs`, plan: rule.plan({ first, last, interval }) },
    ];
  });
}

async function rowsOf(store: EventStore, plan: Plan): Promise<number> {
  return (await store.run(plan, { now: 0 })).rows.length;
}

const folder = await mkdtemp(join(tmpdir(), 'oddspawn-bench-'));
try {
  const file = join(folder, 'events.ndjson');
  await writeFleetEvents(file, EVENTS);
  const store = await openDuckdbStore({
    path: join(folder, 'events.db'),
    catalogue: ECS_PROCESS,
    keepText: false,
    memoryLimit: '2GB',
  });
  const { window } = await store.append({ id: 1, path: file });
  const scan = await medianOf(() => rowsOf(store, SCAN));
  const show = (name: string, { milliseconds, rows }: Measured) =>
    console.log(
      `${name.padEnd(56)} ${milliseconds.toFixed(1).padStart(8)} ms  ` +
        `${(milliseconds / scan.milliseconds).toFixed(1).padStart(6)} x scan  ${rows} rows`,
    );
  console.log(`${EVENTS} events`);
  show('search every command line', scan);
  for (const { name, plan } of questions(await compiledRules(), must(window, 'events'))) {
    show(name, await medianOf(() => rowsOf(store, plan)));
  }
  await store.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
