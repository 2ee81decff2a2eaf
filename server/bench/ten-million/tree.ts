import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTree } from '#server/bench/fleet-events.ts';
import { processTree } from '#server/investigate/tree.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { DAY, type Instant } from '#shared/base/time.ts';
import type { Week } from './measurements.ts';

const TREE = 10_000;

export async function measureTree(
  { measure, wants, folder, rounds }: Week,
  store: EventStore,
  to: Instant,
): Promise<void> {
  const name = `tree of ${TREE} processes`;
  if (!wants(name)) return;
  const file = join(folder, 'tree.ndjson');
  const batch = (await store.lastBatch()) + 1;
  await writeTree(file, TREE, to - DAY);
  await store.append({ id: batch, path: file });
  await measure(name, rounds, async () => {
    const { nodes } = await processTree(store, ['tree 0'], new Map(), TREE + 1);
    return `${nodes.length} processes`;
  });
  await store.remove(batch);
  await rm(file);
}
