import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test as prepare } from '@playwright/test';
import { writeFleetEvents } from '#server/bench/fleet-events.ts';
import { RECORDED } from '../fixtures.ts';
import { Program } from '../program.ts';
import { type DataName, folderOf, isReady, readyFile } from './data.ts';
import { manyAlerts } from './many-alerts.ts';
import { treeEvents } from './tree-of.ts';

const ALERTS = 100_000;
const PROCESSES = 10_000;
const EVENTS = 1_000_000;
const PER_FILE = 250_000;

/** Makes a data folder unless it is there; what is half made is made anew. */
async function once(name: DataName, make: (program: Program) => Promise<void>): Promise<void> {
  if (isReady(name)) return;
  const folder = folderOf(name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const program = new Program(folder, false);
  await program.start();
  await make(program);
  await program.stop();
  await writeFile(readyFile(name), '');
}

/** Sends events as a file and waits until they are loaded and their alerts raised. */
async function send(program: Program, name: string, body: BodyInit): Promise<void> {
  const sent = await fetch(`${program.url}/api/uploads?name=${name}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/octet-stream' },
    ...{ duplex: 'half' },
  });
  expect(sent.status).toBe(202);
  const waiting = async (): Promise<number> => {
    const { uploads } = await (await fetch(`${program.url}/api/uploads`)).json();
    return uploads.filter(({ finishedAt }: { finishedAt: unknown }) => finishedAt === null).length;
  };
  await expect.poll(waiting, { timeout: 300_000, intervals: [1000] }).toBe(0);
}

prepare(`${ALERTS} alerts`, () =>
  once('queue', async (program) => {
    await send(program, 'recorded.ndjson', await readFile(RECORDED));
    await program.stop();
    await manyAlerts(program.dataFolder, ALERTS);
  }),
);

prepare(`a tree of ${PROCESSES} processes`, () =>
  once('tree', (program) => send(program, 'wide.ndjson', treeEvents(PROCESSES))),
);

prepare(`a week of a fleet in ${EVENTS} events`, () =>
  once('fleet', async (program) => {
    const folder = await mkdtemp(join(tmpdir(), 'oddspawn-fleet-'));
    for (let from = 0; from < EVENTS; from += PER_FILE) {
      const file = join(folder, `${from}.ndjson`);
      await writeFleetEvents(file, EVENTS, { from, to: from + PER_FILE });
      await send(program, `${from}.ndjson`, Readable.toWeb(createReadStream(file)) as ReadableStream);
      await rm(file);
    }
    await rm(folder, { recursive: true });
  }),
);
