import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { webShell } from '#server/http/testing/senders.ts';
import { buildProgram, type Running } from '#server/prove/program.ts';
import { DAY } from '#shared/base/time.ts';
import { writeFleetEvents } from './fleet-events.ts';
import { quantile, timed } from './measuring.ts';
import { memoryOf } from './memory-of.ts';

const RATE = Number(process.argv[2] ?? 10_000);
const MINUTES = Number(process.argv[3] ?? 1);
/** A data folder that is used as it is and stays; one of its own if absent. */
const DATA = process.argv[4];

const TEMPLATES = 5000;
/** Bulks a second, and how many may be on their way at once. */
const BULKS = 10;
const SENDERS = 4;
const READ_EVERY = 250;
/** The rule looks at nine minutes, and reports a hundred new terms of them at most. */
const SHELL_EVERY = 6000;
/** How often it is looked whether an alert shows: the most that is measured too much. */
const LOOK_EVERY = 50;

/** Text around the id and the time of an event, so that a new one costs no JSON. */
type Template = readonly string[];

async function templates(folder: string): Promise<readonly Template[]> {
  const path = join(folder, 'fleet.ndjson');
  await writeFleetEvents(path, TEMPLATES);
  return (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.replace(/("@timestamp":)"[^"]*"/, '$1"§§time§§"').replace(/("id":)"[^"]*"(?=[^{}]*"kind")/, '$1"§§id§§"'),
    )
    .map((line) => line.split(/§§(?:time|id)§§/));
}

/** No other run has sent these ids, and these programs. */
const RUN = Date.now().toString(36);
let made = 0;
function bulkOf(all: readonly Template[], count: number, at = Date.now()): string {
  const now = new Date(at).toISOString();
  let body = '';
  for (let place = 0; place < count; place++) {
    made += 1;
    const [before = '', between = '', after = ''] = all[made % all.length] ?? [];
    const isTimeFirst = before.endsWith('"@timestamp":"');
    const [first, second] = isTimeFirst ? [now, `${RUN}-${made}`] : [`${RUN}-${made}`, now];
    body += `{"create":{}}\n${before}${first}${between}${second}${after}\n`;
  }
  return body;
}

const percentile = (values: readonly number[], share: number): number => Math.round(quantile(values, share));
const figures = (values: readonly number[]): string =>
  `p50 ${percentile(values, 0.5)} ms, p95 ${percentile(values, 0.95)} ms, p99 ${percentile(values, 0.99)} ms (${values.length})`;

interface Measures {
  readonly acknowledged: number[];
  readonly refused: number[];
  readonly alertLists: number[];
  readonly untilVisible: number[];
  readonly memory: number[];
}

/**
 * The fleet was there yesterday: else all that it starts would be new, and a run reports a hundred new terms at most. It also
 * warms the program up.
 */
async function sendYesterday(url: string, headers: Record<string, string>, all: readonly Template[]): Promise<void> {
  const body = bulkOf(all, all.length, Date.now() - DAY);
  await (await fetch(`${url}/logs-bench/_bulk`, { method: 'POST', headers, body })).arrayBuffer();
  await allStored(url);
}

async function allStored(url: string): Promise<void> {
  for (let waiting = 1; waiting > 0; await sleep(50)) {
    waiting = ((await (await fetch(`${url}/api/sources`)).json()) as { waitingBytes: number }).waitingBytes;
  }
}

async function sendSteadily(
  url: string,
  headers: Record<string, string>,
  all: readonly Template[],
  end: number,
  of: Measures,
) {
  const start = performance.now();
  let next = 0;
  const sender = async (): Promise<void> => {
    while (performance.now() < end) {
      const due = start + (next++ * 1000) / BULKS;
      await sleep(Math.max(0, due - performance.now()));
      const body = bulkOf(all, RATE / BULKS);
      const response = await fetch(`${url}/logs-bench/_bulk`, { method: 'POST', headers, body });
      await response.arrayBuffer();
      // From when it was due: a sender that falls behind is no excuse.
      (response.status === 200 ? of.acknowledged : of.refused).push(performance.now() - Math.max(due, start));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function readSteadily(url: string, end: number, { alertLists }: Measures): Promise<void> {
  while (performance.now() < end) {
    const { clock } = await timed(async () => (await fetch(`${url}/api/alerts?limit=100`)).json());
    alertLists.push(clock);
    await sleep(READ_EVERY);
  }
}

/** Programs that the web server never started: how long each takes to be an alert that the list shows. */
async function shells(
  url: string,
  headers: Record<string, string>,
  end: number,
  { untilVisible }: Measures,
): Promise<void> {
  for (let count = 0; performance.now() < end; count++) {
    const name = `odd${RUN}${count}`;
    const event = { ...webShell(name, name), '@timestamp': new Date().toISOString() };
    const { clock } = await timed(async () => {
      const body = `{"create":{}}\n${JSON.stringify(event)}\n`;
      await fetch(`${url}/logs-bench/_bulk`, { method: 'POST', headers, body });
      for (;;) {
        const list = await (await fetch(`${url}/api/alerts?text=${name}&limit=5`)).text();
        if (list.includes(`"${name} -a"`)) return;
        await sleep(LOOK_EVERY);
      }
    });
    untilVisible.push(clock);
    await sleep(SHELL_EVERY);
  }
}

async function watchMemory(pid: number, end: number, { memory }: Measures): Promise<void> {
  while (performance.now() < end) {
    memory.push((await memoryOf(pid)).now);
    await sleep(1000);
  }
}

/** Processor seconds of a process so far, all its threads. */
async function processorSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

/** Of Linux, a second. */
const CLOCK_TICKS = 100;

async function keyOf({ url }: Running): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/ingest-keys`, { method: 'POST', headers, body: '{"name":"bench"}' });
  return ((await response.json()) as { encoded: string }).encoded;
}

const folder = await mkdtemp(join(tmpdir(), 'oddspawn-stream-bench-'));
const program = await buildProgram(DATA === undefined ? join(folder, 'data') : resolve(DATA));
const running = await program.start({ ODDSPAWN_MEMORY: '600MB' });
try {
  const all = await templates(folder);
  const headers = {
    authorization: `ApiKey ${await keyOf(running)}`,
    'content-type': 'application/x-ndjson',
    'user-agent': 'bench',
  };
  const measures: Measures = { acknowledged: [], refused: [], alertLists: [], untilVisible: [], memory: [] };
  await sendYesterday(running.url, headers, all);
  const before = await processorSeconds(running.pid);
  const start = performance.now();
  const end = start + MINUTES * 60_000;
  await Promise.all([
    sendSteadily(running.url, headers, all, end, measures),
    readSteadily(running.url, end, measures),
    shells(running.url, headers, end, measures),
    watchMemory(running.pid, end, measures),
  ]);
  const sent = (measures.acknowledged.length * RATE) / BULKS;
  const seconds = (performance.now() - start) / 1000;
  await allStored(running.url);
  const until = (performance.now() - start) / 1000;
  const used = (await processorSeconds(running.pid)) - before;
  const quarters = [0, 1, 2, 3].map((quarter) => {
    const part = measures.memory.slice(
      (measures.memory.length * quarter) / 4,
      (measures.memory.length * (quarter + 1)) / 4,
    );
    return Math.max(...part);
  });
  process.stdout.write(
    [
      `sent ${sent} events in ${seconds.toFixed(0)} s: ${Math.round(sent / seconds)} events/s acknowledged, ${measures.refused.length} bulks refused`,
      `all stored ${(until - seconds).toFixed(1)} s after the last`,
      `acknowledged after    ${figures(measures.acknowledged)}`,
      `alert list            ${figures(measures.alertLists)}`,
      `arrival to alert      ${figures(measures.untilVisible)}`,
      `processor time        ${used.toFixed(1)} s of the whole server, ${Math.round((used / sent) * 1e6)} µs an event, ${(used / until).toFixed(2)} processors`,
      `memory by quarter     ${quarters.join(', ')} MB`,
      '',
    ].join('\n'),
  );
} finally {
  await running.stop();
  await program.remove();
  await rm(folder, { recursive: true, force: true });
}
