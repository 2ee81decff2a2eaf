import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findUnstorable, isOfMachine, withoutLines } from './unstorable.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-unstorable-'));
});
afterEach(() => rm(folder, { recursive: true }));

const find = async (lines: readonly string[], fails: (text: string) => boolean, error = 'cannot') => {
  await writeFile(join(folder, 'records'), lines.map((line) => `${line}\n`).join(''));
  let tries = 0;
  const found = await findUnstorable(join(folder, 'records'), join(folder, 'part'), async (path) => {
    tries += 1;
    if (fails(await readFile(path, 'utf8'))) throw new Error(error);
  });
  return { found, tries };
};

test('records that the store fails at are found by halving', async () => {
  const lines = Array.from({ length: 1000 }, (_, index) =>
    index === 17 || index === 900 ? `bad ${index}` : `${index}\r`,
  );
  const { found, tries } = await find(lines, (text) => text.includes('bad'));
  expect(found).toEqual([
    { line: 17, reason: 'the store fails at it: cannot', text: 'bad 17' },
    { line: 900, reason: 'the store fails at it: cannot', text: 'bad 900' },
  ]);
  expect(tries).toBeLessThan(50);
  await withoutLines(join(folder, 'records'), new Set([17, 900]));
  expect((await readFile(join(folder, 'records'), 'utf8')).split('\n')).toHaveLength(999);
});

test('a store that takes nothing, records that only fail together, and too many are not told apart', async () => {
  const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
  expect((await find(lines, () => true)).found).toBeNull();
  expect((await find(lines, (text) => text.length > 1500)).found).toBeNull();
  expect((await find(lines, (text) => text !== '')).found).toBeNull();
});

test('what the machine refuses is no fault of a record', async () => {
  await expect(find(['a', 'b'], (text) => text !== '', 'Out of Memory Error: no block')).rejects.toThrow(
    'Out of Memory',
  );
  expect(isOfMachine(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBe(true);
  expect(isOfMachine(new Error('Conversion Error: 300 is no byte'))).toBe(false);
});
