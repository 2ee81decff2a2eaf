import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { openDatabase } from '#server/store/duckdb/connection.ts';
import { writeFleetEvents } from './fleet-events.ts';
import { MACHINE, median, writeResults } from './measuring.ts';
import { scanSql } from './scan-sql.ts';

const [, SELF = '', GIVEN, THEN] = process.argv;

interface Run {
  /** Seconds by the clock, and of the processors: of the whole process, its start included. */
  readonly clock: number;
  readonly processors: number;
  readonly alerts: number;
}

/** The other half of this program: the same logic by hand, in a process of its own. */
async function runSql(file: string): Promise<void> {
  const database = await openDatabase({ path: ':memory:', memoryLimit: '2GB' });
  const session = await database.session();
  const [read, ...rules] = scanSql(file);
  await session.run(read);
  for (const rule of rules) for (const row of await session.rows(rule)) console.log(JSON.stringify(row));
  session.close();
  database.close();
}

/** A line of output is an alert. The shell tells what its child took of the processors. */
async function timed(args: readonly string[]): Promise<Run> {
  const start = performance.now();
  const child = spawn('/bin/sh', ['-c', '"$0" "$@" && times >&2', process.execPath, ...args]);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const seconds = [...(err.trimEnd().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  if (seconds.length !== 2) throw new Error(err);
  return {
    clock: (performance.now() - start) / 1000,
    processors: seconds.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0),
    alerts: out.trimEnd().split('\n').length,
  };
}

async function compare(events: number, rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-bench-'));
  const file = join(folder, 'events.ndjson');
  try {
    await writeFleetEvents(file, events);
    const ways = { 'oddspawn scan': ['server/launch/oddspawn.mjs', 'scan', file], 'SQL by hand': [SELF, 'sql', file] };
    // The program is built, and the file that was just written is on its way to the disk meanwhile: neither is measured.
    for (const way of Object.values(ways)) await timed(way);
    const runs = { 'oddspawn scan': [] as Run[], 'SQL by hand': [] as Run[] };
    for (let round = 0; round < rounds; round += 1) {
      runs['oddspawn scan'].push(await timed(ways['oddspawn scan']));
      runs['SQL by hand'].push(await timed(ways['SQL by hand']));
    }
    await show(events, runs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function show(events: number, runs: Readonly<Record<string, readonly Run[]>>): Promise<void> {
  const rows = Object.entries(runs).map(([name, found]) => ({
    name,
    clock: median(found.map(({ clock }) => clock)),
    processors: median(found.map(({ processors }) => processors)),
    alerts: found[0]?.alerts ?? 0,
  }));
  const bound = rows.at(-1);
  console.log(`${events} events; ${MACHINE}; medians of ${runs['SQL by hand']?.length} rounds`);
  for (const { name, clock, processors, alerts } of rows) {
    const ratio = (of: number, by: number | undefined) => `${(of / (by ?? 1)).toFixed(2)} x`;
    console.log(
      `${name.padEnd(16)} clock ${clock.toFixed(2)} s ${ratio(clock, bound?.clock)}; ` +
        `processors ${processors.toFixed(2)} s ${ratio(processors, bound?.processors)}; ${alerts} alerts`,
    );
  }
  if (new Set(rows.map(({ alerts }) => alerts)).size > 1) throw new Error('The two ways do not find the same alerts');
  console.log(`Written to ${await writeResults('scan', { events, rows, runs })}`);
}

if (GIVEN === 'sql' && THEN !== undefined) await runSql(THEN);
else await compare(Number(GIVEN ?? 500_000), Number(THEN ?? 3));
