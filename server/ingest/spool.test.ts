import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spool } from './spool.ts';
import { openQuarantine, readQuarantine } from './uploads/quarantine.ts';
import { fileName } from './uploads/upload-records.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-spool-'));
});
afterEach(() => rm(folder, { recursive: true }));

const options = (limit = 1000, signal = new AbortController().signal) => ({ limit, signal, onBytes: () => undefined });

test('the bytes are there under their name, with their digest', async () => {
  const chunks = [Buffer.from('first '), Buffer.from([0xff, 0, 0x80])];
  const seen: number[] = [];
  const path = join(folder, 'a');
  const spooled = await spool(Readable.from(chunks), path, { ...options(), onBytes: (bytes) => seen.push(bytes) });
  const content = await readFile(path);
  expect(content).toEqual(Buffer.concat(chunks));
  expect(spooled).toEqual({ bytes: 9, sha256: createHash('sha256').update(content).digest('hex') });
  expect(seen).toEqual([6, 9]);
});

test('exactly the limit is taken, one byte more leaves nothing', async () => {
  await spool(Readable.from([Buffer.alloc(10)]), join(folder, 'a'), options(10));
  const tooMuch = spool(Readable.from([Buffer.alloc(10), Buffer.alloc(1)]), join(folder, 'b'), options(10));
  await expect(tooMuch).rejects.toMatchObject({ code: 'too-large' });
  expect(await readdir(folder)).toEqual(['a']);
});

test('a full disk is said in plain words', async () => {
  const full = Object.assign(new Error('write failed'), { code: 'ENOSPC' });
  const source = new Readable({ read: () => source.destroy(full) });
  await expect(spool(source, join(folder, 'a'), options())).rejects.toMatchObject({
    code: 'no-space',
    message: 'There is no room left on the disk.',
  });
  expect(await readdir(folder)).toEqual([]);
});

test('an abort leaves nothing', async () => {
  const controller = new AbortController();
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(10);
    })(),
  );
  const onBytes = (bytes: number): void => {
    if (bytes > 100) controller.abort();
  };
  const spooling = spool(endless, join(folder, 'a'), { limit: 1e9, signal: controller.signal, onBytes });
  await expect(spooling).rejects.toThrow();
  expect(await readdir(folder)).toEqual([]);
});

test('a quarantine keeps hostile text on one line each', async () => {
  const path = join(folder, 'q.ndjson');
  const quarantine = openQuarantine(path);
  const rejects = ['{"a":\u2028"b"}', 'line\nbreak', '\ud800', 'x'.repeat(300_000)].map((text, index) => ({
    line: index + 1,
    reason: 'invalid JSON',
    text,
  }));
  for (const reject of rejects) quarantine.add(reject);
  quarantine.close();
  expect(quarantine.count).toBe(4);
  expect(await readQuarantine(path, 10)).toEqual(rejects);
  expect(await readQuarantine(path, 2)).toEqual(rejects.slice(0, 2));
});

test.each([
  ['events.ndjson', 'events.ndjson'],
  ['../../etc/passwd', 'passwd'],
  [String.raw`C:\logs\web.json`, 'web.json'],
  ['a\r\nb\0c', 'abc'],
  ['', 'upload'],
  ['dir/', 'upload'],
  ['😀'.repeat(300), '😀'.repeat(200)],
])('%j is shown as %j', (raw, shown) => {
  expect(fileName(raw)).toBe(shown);
});
