import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '#server/demo/random.ts';
import { openState } from '#server/state/open-state.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { isShell, openCrashLoad } from './crash-load.ts';
import { openCrashUploads, PART_BYTES } from './crash-uploads.ts';
import { buildProgram, ended, type Program, type Running } from './program.ts';
import { ROUNDS, SEED } from './rounds.ts';

const ROUND_MILLISECONDS = 120_000;
/** Until it is killed: some files are whole by then, most are not. */
const LONGEST = 4000;
/** Of the stored events, whose record is looked at. */
const EVERY = 23;

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

async function authorizationAt({ url }: Running): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/ingest-keys`, { method: 'POST', headers, body: '{"name":"crash"}' });
  return `Bearer ${((await response.json()) as { secret: string }).secret}`;
}

async function settled({ url }: Running): Promise<void> {
  for (;;) {
    const { waitingBytes } = (await (await fetch(`${url}/api/sources`)).json()) as { waitingBytes: number };
    if (waitingBytes === 0) return;
    await sleep(50);
  }
}

/** What is on disk when nothing runs. */
async function onDisk(): Promise<{
  ids: string[];
  alerts: { columns: string; occurrenceCount: number }[];
  counted: number;
  strangers: string[];
}> {
  const store = await openDuckdbStore({ path: join(program.dataFolder, 'events.duckdb'), catalogue: ECS_PROCESS });
  const state = await openState(join(program.dataFolder, 'state.db'));
  try {
    const { rows } = await store.run({ steps: [{ kind: 'keep', columns: ['event.id'] }] }, { now: 0 });
    const looked = rows.filter((_, index) => index % EVERY === 0).map((row) => Number(row['$event']));
    const documents = await store.documents(looked);
    const strangers = documents.flatMap(({ id, text }) => (text.includes(`"id":"${id}"`) ? [] : [id]));
    const alerts = await state.selectFrom('alerts').select(['keys as columns', 'occurrenceCount']).execute();
    const streamed = await state.selectFrom('sources').select('events').execute();
    const uploaded = await state.selectFrom('uploads').select('events').execute();
    const counted = [...streamed, ...uploaded].reduce((sum, { events }) => sum + events, 0);
    return { ids: rows.map((row) => String(row['event.id'])), alerts, counted, strangers };
  } finally {
    await store.close();
    await state.destroy();
  }
}

test(`killed at ${ROUNDS} random points, it keeps every acknowledged event once, and raises every alert once`, {
  timeout: ROUNDS * ROUND_MILLISECONDS,
}, async () => {
  const random = seeded(SEED).next;
  const load = openCrashLoad(random);
  const uploads = openCrashUploads(random);
  const parts = { ODDSPAWN_UPLOAD_PART: String(PART_BYTES) };
  const first = await program.start();
  const authorization = await authorizationAt(first);
  await first.stop();
  for (let round = 0; round < ROUNDS; round++) {
    if (random() < 0.3) {
      // In the middle of a start, which may be in the middle of making up for the kill before.
      const starting = program.launch(parts);
      await sleep(random() * 1500);
      await ended(starting, 'SIGKILL');
    }
    const running = await program.start(parts);
    const killed = sleep(random() * LONGEST).then(running.kill);
    await Promise.all([load.send(running.url, authorization, killed), uploads.send(running.url)]);

    const after = await program.start(parts);
    await uploads.ended(after.url);
    await settled(after);
    await after.stop();
    const { ids, alerts, counted, strangers } = await onDisk();
    const stored = new Set(ids);
    expect(ids.length, 'doubled events').toBe(stored.size);
    expect(
      [...load.acknowledged].filter((id) => !stored.has(id)),
      'lost events',
    ).toEqual([]);
    const { stored: uploaded, gone } = uploads.expected();
    expect(
      uploaded.filter((id) => !stored.has(id)),
      'lost events of files',
    ).toEqual([]);
    expect(
      gone.filter((id) => stored.has(id)),
      'events of files that are gone',
    ).toEqual([]);
    const known = new Set(uploaded);
    expect(
      ids.filter((id) => !load.sent.has(id) && !known.has(id)),
      'events from nowhere',
    ).toEqual([]);
    expect(strangers, 'events with the record of another').toEqual([]);
    expect(counted, 'events as counted').toBe(ids.length);
    const shells = ids.filter(isShell);
    const newTerms = alerts.filter(({ columns }) => columns.includes('odd'));
    const raised = newTerms.map(({ columns }) => /odd\d+(?:of\d+)?/.exec(columns)?.[0]);
    expect(raised.toSorted(), 'alerts').toEqual(shells.toSorted());
    expect(
      newTerms.every(({ occurrenceCount }) => occurrenceCount === 1),
      'doubled occurrences',
    ).toBe(true);
  }
  expect(load.acknowledged.size).toBeGreaterThan(0);
});

test('a second process on the same folder refuses with one clear line', async () => {
  const running = await program.start();
  await expect(program.start()).rejects.toThrow(
    new RegExp(
      `^Another Oddspawn \\(process ${running.pid}\\) is already running on ${program.dataFolder}\\. End it, `,
    ),
  );
  await running.stop();
});
