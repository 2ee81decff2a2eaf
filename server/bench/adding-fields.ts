import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type Field } from '#shared/event/field.ts';
import { writeFleetEvents } from './fleet-events.ts';
import { timed, writeResults } from './measuring.ts';

const EVENTS = Number(process.argv[2] ?? 1_000_000);
const KEPT = process.argv[3];

/** What is added, one after the other: of records that lack it altogether, that have its last name elsewhere, and that hold it. */
const ADDED: readonly (Field & { readonly what: string })[] = [
  { what: 'no record has any part of its name', name: 'source.port', type: 'long' },
  { what: 'every record has its last name elsewhere', name: 'dll.name', type: 'keyword' },
  { what: 'every record holds it, the same', name: 'agent.version', type: 'keyword' },
  { what: 'every record holds it, each its own', name: 'process.entry_leader.start', type: 'date' },
];

async function openLoaded(folder: string) {
  const path = join(folder, 'events.duckdb');
  const isThere = existsSync(path);
  const store = await openDuckdbStore({ path, catalogue: ECS_PROCESS, memoryLimit: '800MB' });
  if (isThere) return store;
  const file = join(folder, 'events.ndjson');
  await writeFleetEvents(file, EVENTS);
  const { clock } = await timed(() => store.append({ id: 1, path: file }));
  await rm(file);
  console.log(`${EVENTS} events loaded in ${(clock / 1000).toFixed(1)} s`);
  return store;
}

const folder = KEPT ?? (await mkdtemp(join(tmpdir(), 'oddspawn-bench-')));
await mkdir(folder, { recursive: true });
try {
  const store = await openLoaded(folder);
  const { events } = await store.statistics();
  const results = [];
  for (const { what, ...field } of ADDED) {
    const { clock, processors } = await timed(() => store.addFields(catalogueOf([field])));
    const each = (milliseconds: number) => `${((milliseconds / events) * 1000).toFixed(1)} us an event`;
    console.log(
      `${field.name.padEnd(38)} ${(clock / 1000).toFixed(1)} s, ${each(clock)}, processors ${each(processors)}: ${what}`,
    );
    results.push({ name: field.name, what, clock, processors });
  }
  console.log(`Greatest resident memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
  await store.close();
  console.log(`Written to ${await writeResults('adding-fields', { events, results })}`);
} finally {
  if (KEPT === undefined) await rm(folder, { recursive: true, force: true });
}
