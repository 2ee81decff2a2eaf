import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '#server/demo/random.ts';
import { processEvent } from '#server/http/testing/senders.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { buildProgram, ended, type Program } from './program.ts';
import { ROUNDS, SEED } from './rounds.ts';

const ROUND_MILLISECONDS = 60_000;
const EVENTS = 6000;
const BATCHES = 4;
/** A rebuild takes about as long. */
const LONGEST = 1500;

/** In the program's own catalogue a field has another type: it rebuilds the store when it opens it. */
const OTHER = catalogueOf(
  ECS_PROCESS.fields.map((field) => (field.name === 'process.pid' ? { name: field.name, type: 'double' } : field)),
);

let program: Program;
let path: string;
beforeAll(async () => {
  program = await buildProgram();
  path = join(program.dataFolder, 'events.duckdb');
  await mkdir(program.dataFolder, { recursive: true });
});
afterAll(() => program.remove());

async function fill(): Promise<void> {
  const store = await openDuckdbStore({ path, catalogue: OTHER });
  for (let batch = 1; batch <= BATCHES; batch++) {
    const records = Array.from({ length: EVENTS / BATCHES }, (_, index) =>
      JSON.stringify(processEvent(`${batch}-${index}`, index % 3600, { x: { y: `é ${index}` } })),
    );
    const file = join(program.dataFolder, 'records');
    await writeFile(file, `${records.join('\n')}\n`);
    await store.append({ id: batch, path: file });
  }
  await store.close();
}

/** What is stored, with its numbers: as the given fields, or as whatever opens it rebuilds it. */
async function onDisk(catalogue: typeof OTHER) {
  const store = await openDuckdbStore({ path, catalogue });
  try {
    const { rows } = await store.run({ steps: [{ kind: 'keep', columns: ['event.id'] }] }, { now: 0 });
    const numbers = rows.map((row) => Number(row['$event']));
    const documents = await store.documents(numbers);
    return { rows, texts: documents.map(({ number, text }) => `${number} ${text}`) };
  } finally {
    await store.close();
  }
}

const isRebuilding = async (): Promise<boolean> =>
  (await readdir(program.dataFolder)).some((name) => name.endsWith('.rebuild'));

test(`killed at ${ROUNDS} random points of a rebuild, the store has every event with its number and text`, {
  timeout: ROUNDS * ROUND_MILLISECONDS,
}, async () => {
  const random = seeded(SEED).next;
  await fill();
  const before = await onDisk(OTHER);
  expect(before.rows).toHaveLength(EVENTS);
  let killedWithin = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const starting = program.launch();
    while (!(await isRebuilding())) await sleep(5);
    await sleep(random() * LONGEST);
    await ended(starting, 'SIGKILL');
    const isWithin = await isRebuilding();
    if (isWithin) killedWithin += 1;
    // Where it came through, the store has the program's fields now, and this rebuilds it the other way.
    if (!isWithin || round % 5 === 4) expect(await onDisk(OTHER)).toEqual(before);
  }
  expect(killedWithin).toBeGreaterThan(0);
  const running = await program.start();
  const { total } = (await (await fetch(`${running.url}/api/events`)).json()) as { total: number };
  expect(total).toBe(EVENTS);
  await running.stop();
  expect((await readdir(program.dataFolder)).filter((name) => name.includes('.rebuild'))).toEqual([]);
  expect(await onDisk(OTHER)).toEqual(before);
});
