import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { processTree } from './tree.ts';

const CHILDREN = 40;

/** A server, shells of it, and a child of each: nothing but host, pid and parent's pid tells who is whose. */
function events(): string {
  const exec = (pid: number, parent: number, name: string) => ({
    '@timestamp': new Date(Date.UTC(2026, 10, 20, 10, 0, 0, pid)).toISOString(),
    event: { id: `e${pid}`, action: 'exec' },
    host: { id: 'h' },
    process: { pid, name, command_line: `${name} ${pid}`, parent: { pid: parent, name: 'parent' } },
  });
  const shells = Array.from({ length: CHILDREN }, (_, at) => [
    exec(100 + 2 * at, 10, 'sh'),
    exec(101 + 2 * at, 100 + 2 * at, 'id'),
  ]);
  return [exec(10, 1, 'nginx'), ...shells.flat()].map((event) => JSON.stringify(event)).join('\n');
}

test('without entity ids the tree has every level of a wide family', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-tree-'));
  const store = await openDuckdbStore({ path: ':memory:', catalogue: ECS_PROCESS });
  try {
    const path = join(folder, 'events.ndjson');
    await writeFile(path, events());
    await store.append({ id: 1, path });
    const { nodes } = await processTree(store, ['e10'], new Map(), 1000);
    const named = (name: string): number => nodes.filter((node) => node.name === name).length;
    expect([named('nginx'), named('sh'), named('id')]).toEqual([1, CHILDREN, CHILDREN]);
    expect(nodes.filter(({ placeholder }) => placeholder)).toHaveLength(1);
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
});
