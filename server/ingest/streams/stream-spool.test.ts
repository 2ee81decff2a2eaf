import { appendFile, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSegment, type Segment } from './segment.ts';
import { encodeFrame, type Frame } from './stream-frame.ts';
import { openStreamSpool, type StreamSpool } from './stream-spool.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-spool-'));
});
afterEach(() => rm(folder, { recursive: true }));

const frame = (...lines: string[]): Frame => ({
  source: 'logs',
  keyId: 'k',
  client: 'test',
  at: 1,
  ids: [],
  rejects: [],
  lines: lines.map((line) => Buffer.from(line)),
});
const open = (more: object = {}): Promise<StreamSpool> =>
  openStreamSpool({ folder, next: 5, limit: 10_000, reserve: 0, segmentBytes: 500, ...more });
const textsOf = async (segment: Segment | null): Promise<string[]> =>
  segment ? (await readSegment(segment)).flatMap(({ lines }) => lines.map(String)) : [];

test('what was taken comes back in order, also to the next process, until it is removed', async () => {
  const spool = await open();
  await Promise.all(['a', 'b', 'c'].map((text) => spool.append([encodeFrame(frame(text, `${text}2`))])));
  const first = await spool.oldest();
  expect(first?.number).toBe(5);
  await spool.append([encodeFrame(frame('later'))]);
  expect(await textsOf(first)).toEqual(['a', 'a2', 'b', 'b2', 'c', 'c2']);
  await spool.close();
  const again = await open();
  expect(await textsOf(await again.oldest())).toHaveLength(6);
  if (first) await again.remove(first);
  const second = await again.oldest();
  expect([second?.number, await textsOf(second)]).toEqual([6, ['later']]);
  if (second) await again.remove(second);
  expect([await again.oldest(), again.waiting(), await readdir(folder)]).toEqual([null, 0, []]);
  await again.append([encodeFrame(frame('new'))]);
  expect((await again.oldest())?.number).toBe(7);
  await again.close();
});

test('a segment is closed when it is large enough', async () => {
  const spool = await open();
  for (let count = 0; count < 10; count++) await spool.append([encodeFrame(frame('x'.repeat(200)))]);
  await spool.close();
  expect((await readdir(folder)).length).toBeGreaterThan(2);
});

test('more than the limit is refused, and taken when there is room again', async () => {
  const spool = await open({ limit: 1000 });
  await spool.append([encodeFrame(frame('x'.repeat(600)))]);
  const second = encodeFrame(frame('y'.repeat(600)));
  await expect(spool.append([second])).rejects.toMatchObject({ code: 'busy' });
  const segment = await spool.oldest();
  if (segment) await spool.remove(segment);
  await spool.append([second]);
  expect(await textsOf(await spool.oldest())).toEqual(['y'.repeat(600)]);
  await spool.close();
});

test('what is larger than the limit is taken when nothing else waits', async () => {
  const spool = await open({ limit: 1000 });
  const large = encodeFrame(frame('x'.repeat(3000)));
  await spool.append([large]);
  await expect(spool.append([large])).rejects.toMatchObject({ code: 'busy' });
  await spool.close();
});

test('a disk that would be full is left its reserve', async () => {
  const spool = await open({ reserve: Number.MAX_SAFE_INTEGER });
  await expect(spool.append([encodeFrame(frame('x'))])).rejects.toMatchObject({ code: 'no-space' });
  expect([await spool.oldest(), spool.waiting()]).toEqual([null, 0]);
  await spool.close();
});

test('a tail that was torn at any byte is cut at the last whole frame', async () => {
  const whole = encodeFrame(frame('first'));
  const torn = encodeFrame(frame('second'));
  for (let length = 0; length < torn.length; length++) {
    const spool = await open({ next: 100 + length });
    await spool.append([whole]);
    const segment = await spool.oldest();
    if (!segment) throw new Error('no segment');
    await spool.close();
    await appendFile(segment.path, torn.subarray(0, length));
    expect(await textsOf(segment)).toEqual(['first']);
    expect((await readFile(segment.path)).length).toBe(whole.length);
    await rm(segment.path);
  }
});

test('a frame whose bytes changed, and what follows it, is not believed', async () => {
  const spool = await open();
  await spool.append([encodeFrame(frame('first')), encodeFrame(frame('second'))]);
  const segment = await spool.oldest();
  if (!segment) throw new Error('no segment');
  await spool.close();
  await truncate(segment.path, segment.bytes - 1);
  await appendFile(segment.path, 'X');
  expect(await textsOf(segment)).toEqual(['first']);
});
