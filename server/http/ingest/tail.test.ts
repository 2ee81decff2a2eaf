import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tailFile } from '#server/cli/tail-file.ts';
import { tailPipe } from '#server/cli/tail-pipe.ts';
import { openTailSender, type TailSender } from '#server/cli/tail-sender.ts';
import type { IngestOffset } from '#shared/api/ingest.ts';
import { makeKey, processEvent, storedIds, type TestKey } from '../testing/senders.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let key: TestKey;
let folder: string;
let stopping: AbortController;
beforeEach(async () => {
  server = await startTestServer();
  key = await makeKey(server);
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-tail-'));
  stopping = new AbortController();
});
afterEach(async () => {
  stopping.abort();
  await server.stop();
  await rm(folder, { recursive: true });
});

const linesOf = (...ids: string[]): string => ids.map((id) => `${JSON.stringify(processEvent(id))}\n`).join('');
const sender = (): TailSender =>
  openTailSender({
    url: server.url,
    key: key.secret,
    source: 'log',
    signal: stopping.signal,
    onTrouble: () => undefined,
  });

/** Follows the file until told to stop. */
function follow(path: string): { readonly stop: () => Promise<void> } {
  const own = new AbortController();
  const signal = AbortSignal.any([own.signal, stopping.signal]);
  const options = { url: server.url, key: key.secret, source: 'log', signal, onTrouble: () => undefined };
  const done = tailFile(path, openTailSender(options), signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return {
    stop: () => {
      own.abort();
      return done;
    },
  };
}

async function until(ids: readonly string[]): Promise<void> {
  await expect.poll(async () => (await storedIds(server)).toSorted(), { timeout: 20_000 }).toEqual(ids.toSorted());
}

test('a file that grows, is rotated and is emptied, through restarts of both sides', async () => {
  const path = join(folder, 'events.log');
  await writeFile(path, linesOf('a1', 'a2'));
  let following = follow(path);
  await until(['a1', 'a2']);
  const [half, rest] = [linesOf('a3').slice(0, 30), linesOf('a3').slice(30)];
  await appendFile(path, half);
  await following.stop();
  await appendFile(path, rest);
  following = follow(path);
  await until(['a1', 'a2', 'a3']);

  await appendFile(path, linesOf('a4'));
  await rename(path, `${path}.1`);
  await writeFile(path, linesOf('b1'));
  await until(['a1', 'a2', 'a3', 'a4', 'b1']);

  const port = Number(new URL(server.url).port);
  server = await server.restart({ port });
  await appendFile(path, linesOf('b2'));
  await until(['a1', 'a2', 'a3', 'a4', 'b1', 'b2']);

  await truncate(path, 0);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await appendFile(path, linesOf('c1'));
  await until(['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']);
  await following.stop();
});

test('who writes on into a file that was put aside loses nothing, and a last line needs no line feed', async () => {
  const path = join(folder, 'events.log');
  await writeFile(path, linesOf('a1'));
  const following = follow(path);
  await until(['a1']);
  await rename(path, `${path}.1`);
  await writeFile(path, linesOf('b1'));
  await new Promise((resolve) => setTimeout(resolve, 800));
  await appendFile(`${path}.1`, `${linesOf('a2')}${linesOf('a3').trimEnd()}`);
  await until(['a1', 'a2', 'a3', 'b1']);
  await following.stop();
});

test('a file that was put aside while nobody looked is finished, and others beside it are left alone', async () => {
  const path = join(folder, 'events.log');
  await writeFile(path, linesOf('a1'));
  const before = follow(path);
  await until(['a1']);
  await before.stop();
  await appendFile(path, linesOf('a2'));
  await rename(path, `${path}.1`);
  await writeFile(`${path}.0`, linesOf('x1'));
  await writeFile(path, linesOf('b1'));
  const following = follow(path);
  await until(['a1', 'a2', 'b1']);
  await following.stop();
});

test('a pipe is sent to its end, a last line without a line feed too', async () => {
  const text = `${linesOf('p1', 'p2')}${linesOf('p3').trimEnd()}`;
  const pieces = [text.slice(0, 100), text.slice(100, 700), text.slice(700)].map((piece) => Buffer.from(piece));
  await tailPipe(Readable.from(pieces), sender());
  await until(['p1', 'p2', 'p3']);
});

async function post(query: string, body: string): Promise<{ status: number; answer: IngestOffset }> {
  const headers = { authorization: `Bearer ${key.secret}` };
  const response = await fetch(`${server.url}/api/ingest${query}`, { method: 'POST', headers, body });
  return { status: response.status, answer: (await response.json()) as IngestOffset };
}
const offset = async (stream: string): Promise<number> => {
  const headers = { authorization: `Bearer ${key.secret}` };
  const response = await fetch(`${server.url}/api/ingest?stream=${stream}`, { headers });
  return ((await response.json()) as IngestOffset).offset;
};

test('a stream goes on where it was, counts bytes, takes whole lines only, and outlives a restart', async () => {
  expect(await offset('s')).toBe(0);
  const first = linesOf('s1', 's2');
  expect((await post('?stream=s&offset=0', `${first}{"half`)).answer).toEqual({ offset: first.length, records: 2 });
  expect((await post('?stream=s&offset=0', first)).status).toBe(409);
  server = await server.restart();
  expect(await offset('s')).toBe(first.length);
  await post(`?stream=s&offset=${first.length}`, linesOf('s3'));
  expect(await offset('s')).toBe(first.length + linesOf('s3').length);
  await until(['s1', 's2', 's3']);
  const other = await makeKey(server, 'other');
  const response = await fetch(`${server.url}/api/ingest?stream=s`, {
    headers: { authorization: `Bearer ${other.secret}` },
  });
  expect(await response.json()).toMatchObject({ offset: 0 });
});

test('a heap of lines needs no stream; what is none is kept aside', async () => {
  const long = `{"x":"${'x'.repeat(4 * 1024 * 1024)}"}`;
  const { answer } = await post('?source=heap', `${linesOf('h1')}no json\n\n${long}\n${linesOf('h2').trimEnd()}`);
  expect(answer.records).toBe(4);
  await until(['h1', 'h2']);
  const { body } = await server.json<{ sources: Record<string, unknown>[] }>('/api/sources');
  expect(body.sources).toEqual([expect.objectContaining({ name: 'heap', records: 4, events: 2, rejected: 2 })]);
});
