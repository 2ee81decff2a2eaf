import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildProgram, type Running } from '#server/prove/program.ts';
import type { Upload } from '#shared/api/uploads.ts';
import { writeFleetEvents } from './fleet-events.ts';
import { memoryOf } from './memory-of.ts';

/** A large file that is cancelled in the middle of its loading, sent again, and sent once more: exactly one copy may be there. */
const EVENTS = Number(process.argv[2] ?? 2_000_000);

async function answered<Answer>(url: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

const storedAt = async ({ url }: Running): Promise<number> =>
  (await answered<{ events: number }>(`${url}/api/status`)).events;

async function sent({ url }: Running, path: string): Promise<Upload> {
  return answered<Upload>(`${url}/api/uploads?name=fleet.ndjson`, { method: 'POST', body: await openAsBlob(path) });
}

async function reached({ url }: Running, { id }: Upload, isReached: (upload: Upload) => boolean): Promise<Upload> {
  for (;;) {
    // A connection that was quiet for long may end as it is used.
    const ask = (): Promise<Upload> => answered<Upload>(`${url}/api/uploads/${id}`);
    const upload = await ask().catch(ask);
    if (isReached(upload) || upload.finishedAt !== null) return upload;
    await sleep(200);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'oddspawn-upload-bench-'));
const program = await buildProgram(join(folder, 'data'));
const running = await program.start({ ODDSPAWN_MEMORY: '600MB' });
const say = (line: string): unknown => process.stdout.write(`${line}\n`);
try {
  const path = join(folder, 'fleet.ndjson');
  await writeFleetEvents(path, EVENTS);
  say(`${EVENTS} events, ${Math.round((await stat(path)).size / 1e6)} MB`);

  const first = await sent(running, path);
  const half = await reached(running, first, ({ status, progress }) => status === 'loading' && (progress ?? 0) >= 0.5);
  const cancelled = await answered<Upload>(`${running.url}/api/uploads/${first.id}/cancel`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const left = await storedAt(running);
  say(`cancelled at ${Math.round((half.progress ?? 0) * 100)} %: ${cancelled.status}, ${left} events stored`);

  const start = performance.now();
  const second = await reached(running, await sent(running, path), () => false);
  const stored = await storedAt(running);
  const seconds = (performance.now() - start) / 1000;
  say(`sent again: ${second.status}, ${second.events} new, ${stored} stored, ${seconds.toFixed(0)} s with its replay`);

  const third = await reached(running, await sent(running, path), () => false);
  const after = await storedAt(running);
  say(`sent once more: ${third.status}, ${third.events} new, ${third.duplicates} known, ${after} stored`);
  say(`memory at most ${(await memoryOf(running.pid)).most} MB`);
  const isRight = cancelled.status === 'cancelled' && left === 0 && stored === EVENTS && after === EVENTS;
  if (!isRight || third.events !== 0) process.exitCode = 1;
} finally {
  await running.stop();
  await program.remove();
  await rm(folder, { recursive: true, force: true });
}
