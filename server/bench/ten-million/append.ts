import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFleetEvents } from '#server/bench/fleet-events.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { Week } from './measurements.ts';

const SMALL = 5_000;

/** Small batches after all others, taken out again. */
export async function measureAppend(week: Week, store: EventStore): Promise<void> {
  const { measure, wants, events, folder } = week;
  const name = `append ${SMALL} events`;
  if (!wants(name)) return;
  const file = join(folder, 'small.ndjson');
  const first = (await store.lastBatch()) + 1;
  const write = (round: number) => {
    const from = events + (first + round) * SMALL;
    return writeFleetEvents(file, events, { from, to: from + SMALL });
  };
  const rounds = Math.min(week.rounds, 5);
  for (let round = 0; round < rounds; round += 1) {
    await write(round);
    await measure(name, 1, async () => {
      const report = await store.append({ id: first + round, path: file });
      return `${report.events} stored`;
    });
  }
  await measure('the same file again', 1, async () => {
    const { duplicates } = await store.append({ id: first + rounds, path: file });
    return `${duplicates} duplicates`;
  });
  for (let round = 0; round < rounds; round += 1) await store.remove(first + round);
  await rm(file);
}
