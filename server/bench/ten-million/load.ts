import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFleetEvents } from '#server/bench/fleet-events.ts';
import { DEFAULT_MEMORY_LIMIT } from '#server/config.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Measured, Week } from './measurements.ts';

/** Events of one file, as somebody would upload them. */
const PER_FILE = 500_000;

/** With the server's own limit of memory. */
export const openWeek = ({ folder }: Week): Promise<EventStore> =>
  openDuckdbStore({
    path: join(folder, 'events.duckdb'),
    catalogue: ECS_PROCESS,
    memoryLimit: DEFAULT_MEMORY_LIMIT,
  });

/** Appends what is missing of the week, file after file. */
export async function load(week: Week): Promise<void> {
  const { measure, events, folder } = week;
  const store = await openWeek(week);
  const file = join(folder, 'part.ndjson');
  const before = (await store.statistics()).events;
  let batch = before / PER_FILE;
  for (let from = before; from < events; from += PER_FILE) {
    batch += 1;
    const to = Math.min(events, from + PER_FILE);
    const size = await writeFleetEvents(file, events, { from, to });
    await measure(`append ${to - from} events to ${from}`, 1, async () => {
      await store.append({ id: batch, path: file });
      return `${(size / 1e6).toFixed(0)} MB`;
    });
  }
  await rm(file, { force: true });
  await store.close();
  if (events > before) await showLoaded(week, events - before);
}

/** All files together; the store is closed, so that what it has stands in its file. */
async function showLoaded({ results, folder }: Week, events: number): Promise<void> {
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
