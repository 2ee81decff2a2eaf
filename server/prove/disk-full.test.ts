import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { bulkBody, processEvent } from '#server/http/testing/senders.ts';
import { buildProgram } from './program.ts';

/** The store begins with some megabytes, and 64 stay free for it: not much fits beside. */
const DISK = '80m';

const folder = await mkdtemp(join(tmpdir(), 'oddspawn-disk-'));
const disk = join(folder, 'disk');
await mkdir(disk);
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', disk]).status === 0;
if (!isMounted) process.stdout.write('Not tested: a full disk. This account may not mount a tmpfs.\n');

afterAll(async () => {
  if (isMounted) spawnSync('umount', [disk]);
  await rm(folder, { recursive: true, force: true });
});

test.runIf(isMounted)('a full disk refuses new events in words, keeps answering, and takes them again', async () => {
  const program = await buildProgram(join(disk, 'data'));
  const running = await program.start();
  try {
    const json = { 'content-type': 'application/json' };
    const made = await fetch(`${running.url}/api/ingest-keys`, { method: 'POST', headers: json, body: '{"name":"d"}' });
    const { secret } = (await made.json()) as { secret: string };
    const bulk = (id: string, agent: string) =>
      fetch(`${running.url}/logs/_bulk`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'user-agent': agent },
        body: bulkBody([processEvent(id)]),
      });
    const stream = () =>
      fetch(`${running.url}/api/ingest`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
        body: `${JSON.stringify(processEvent('s'))}\n`,
      });
    expect((await bulk('before', 'Vector')).status).toBe(200);
    await expect
      .poll(async () => (await (await fetch(`${running.url}/api/events`)).json()) as object, { timeout: 20_000 })
      .toMatchObject({ total: 1 });

    await writeFile(join(disk, 'fill'), Buffer.alloc(60 * 1024 * 1024));
    await sleep(1200); // How full the disk is is looked at once a second.
    const refused = await bulk('never', 'Vector');
    expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('no room left on the disk')]);
    const items = (await (await bulk('never', 'elasticsearch-js/9')).json()) as {
      items: { create: { status: number } }[];
    };
    expect(items.items[0]?.create.status).toBe(429);
    const other = await stream();
    expect([other.status, await other.json()]).toEqual([507, expect.objectContaining({ code: 'no-space' })]);
    expect(await (await fetch(`${running.url}/api/events`)).json()).toMatchObject({ total: 1 });
    expect(await (await fetch(`${running.url}/api/alerts`)).json()).toMatchObject({ total: 0 });

    await rm(join(disk, 'fill'));
    await expect.poll(async () => (await bulk('after', 'Vector')).status, { timeout: 10_000 }).toBe(200);
    await expect
      .poll(async () => (await (await fetch(`${running.url}/api/events`)).json()) as object, { timeout: 20_000 })
      .toMatchObject({ total: 2 });
  } finally {
    await running.stop();
    await program.remove();
  }
});
