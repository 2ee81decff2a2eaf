import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalogueOf } from '#shared/event/field.ts';
import { mostExpanded, plainSource } from './source.ts';
import { openTestStore, type TestStore } from './test-store.ts';

const CATALOGUE = catalogueOf([{ name: 'event.id', type: 'keyword' }]);

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore(CATALOGUE);
});
afterEach(() => store.close());

const ids = async () => (await store.events()).map((row) => row['id']);
const record = (id: string) => JSON.stringify({ 'event.id': id, text: `a,b]}[{"\\ ${id}` });
const lines = Array.from({ length: 3000 }, (_, index) => record(`e${index}`)).join('\n');
const expected = Array.from({ length: 3000 }, (_, index) => `e${index}`);

/** `printf 'LINE\nLINE\n' | zstd -19`, with the lines {"event.id":"a"} and {"event.id":"b"}. */
const ZSTD = Buffer.from('KLUv/QRo3QAAqHsiZXZlbnQuaWQiOiJhIn0KYiJ9CgEA6ZhL0fwIGA==', 'base64');

test('gzip is known by its bytes, also in several members', async () => {
  const half = lines.indexOf('\n', lines.length / 2) + 1;
  const members = [gzipSync(lines.slice(0, half)), gzipSync(lines.slice(half))];
  await store.append(Buffer.concat(members));
  expect(await ids()).toEqual(expected);
});

test('zstd is known by its bytes', async () => {
  await store.append(ZSTD);
  expect(await ids()).toEqual(['a', 'b']);
});

test.each([
  ['cut gzip', gzipSync(lines).subarray(0, 5000), 'The gzip file ends early'],
  ['gzip without its last bytes', gzipSync(lines).subarray(0, -4), 'The gzip file ends early'],
  ['damaged gzip', damaged(gzipSync(lines)), /^The gzip file is damaged: /],
  ['cut zstd', ZSTD.subarray(0, -2), 'The zstd file ends early'],
  [
    'zstd with a wrong checksum',
    Buffer.from([...ZSTD.subarray(0, -1), 0]),
    'The zstd file is damaged: its checksum is another',
  ],
  ['open array', '[{"event.id":"a"},{"event.id":"b"}', 'The JSON array is not closed: the file ends early'],
  ['text behind an array', '[{"event.id":"a"}] x', 'There is more in the file after the end of its JSON array'],
])('a %s fails as a whole', async (_, content, message) => {
  await expect(store.append(content)).rejects.toThrow(message);
  expect(await ids()).toEqual([]);
});

test.each([
  ['on one line', `[${lines.replaceAll('\n', ',')}]`],
  ['printed wide', JSON.stringify(JSON.parse(`[${lines.replaceAll('\n', ',')}]`), null, 2)],
  ['with a byte order mark', `\ufeff \n[${lines.replaceAll('\n', ' \n,')}]\r\n`],
  ['packed', gzipSync(`[${lines.replaceAll('\n', ',\n')}]`)],
])('an array %s is read by elements', async (_, content) => {
  const report = await store.append(content);
  expect(report.rejects).toEqual([]);
  expect(await ids()).toEqual(expected);
});

test('a refused element is known by its number', async () => {
  const report = await store.append('[ {"event.id":"a"},\n 5, {"event.id":"\\ud800"}, {"a" 1},\n\n {"event.id":"b"} ]');
  expect(report.rejects.map(({ line, text }) => [line, text])).toEqual([
    [2, '5'],
    [4, '{"a" 1}'],
  ]);
  expect(await ids()).toEqual(['a', '\ufffd', 'b']);
});

test('an empty array is an empty file', async () => {
  expect(await store.append(' [ \n ]')).toMatchObject({ records: 0 });
});

test('a line that is an array does not make the file one', async () => {
  const report = await store.append('[1]\n{"event.id":"a"}');
  expect(report.rejects).toEqual([{ line: 1, reason: 'not an object', text: '[1]' }]);
  expect(await ids()).toEqual(['a']);
});

test.each([
  ['gzip', gzipSync(lines)],
  ['zstd', ZSTD],
])('a %s file that holds too much for its size fails', async (compression, content) => {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-source-'));
  const path = join(folder, 'records');
  await writeFile(path, content);
  const expanding = plainSource(path, folder, { most: () => 20 });
  await expect(expanding).rejects.toThrow(`The ${compression} file holds more than 20 bytes, too much for its size`);
  await rm(folder, { recursive: true });
});

test('a gigabyte is allowed to any file', () => {
  expect(mostExpanded(1)).toBe(2 ** 30);
  expect(mostExpanded(2 ** 30)).toBeGreaterThan(2 ** 38);
});

test('a missing file fails', async () => {
  await expect(store.appendPath('/nonexistent/file')).rejects.toThrow(/ENOENT/);
});

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(7, copy.length >> 1);
  return copy;
}
