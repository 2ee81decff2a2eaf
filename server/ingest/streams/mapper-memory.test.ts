import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMapperMemory } from './mapper-memory.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-memory-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('lines come back to the next process, those of a segment once, without what was half written', async () => {
  const memory = await openMapperMemory(folder);
  await memory.keep('s', 1, ['a', '#9', '']);
  await memory.keep('s', 1, ['a', '#9', '']);
  await memory.keep('other', 7, ['x']);
  await appendFile(join(folder, 's.lines'), ' half\n hal');
  const next = await openMapperMemory(folder);
  expect(await next.recall('s')).toEqual(['a', '#9', '']);
  await next.keep('s', 1, ['again']);
  await next.keep('s', 2, ['b']);
  expect(await next.recall('s')).toEqual(['a', '#9', '', 'b']);
  expect(await next.recall('unknown')).toEqual([]);
});

test('a first segment that was half written leaves nothing', async () => {
  await appendFile(join(folder, 's.lines'), ' half\n');
  const memory = await openMapperMemory(folder);
  expect(await memory.recall('s')).toEqual([]);
  await memory.keep('s', 1, ['a']);
  expect(await memory.recall('s')).toEqual(['a']);
});

test('old lines are forgotten, the last ones never', async () => {
  const memory = await openMapperMemory(folder, 100);
  for (let segment = 1; segment <= 100; segment++) await memory.keep('s', segment, [`line ${segment}`]);
  const lines = await memory.recall('s');
  expect(lines.length).toBeLessThan(30);
  expect(lines.slice(-5)).toEqual([96, 97, 98, 99, 100].map((segment) => `line ${segment}`));
});
