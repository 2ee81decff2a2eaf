import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalogueOf } from '#shared/event/field.ts';
import { openTestStore, type TestStore } from './test-store.ts';

const CATALOGUE = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'event.id', type: 'keyword' },
  { name: 'process.name', type: 'keyword', ignoreAbove: 8 },
  { name: 'process.args', type: 'keyword', many: true, ignoreAbove: 8 },
]);

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore(CATALOGUE);
});
afterEach(() => store.close());

const record = (id: string, process = '{}') =>
  `{"@timestamp":"2026-11-21T10:00:00Z","event":{"id":"${id}"},"process":${process}}`;
const ids = async () => (await store.events()).map((row) => row['id']);

test('a broken line is refused by its number, and the next line is not lost', async () => {
  const report = await store.append(
    `${record('a')}\n\n{"broken": \n${record('b')}\n  \n[1]\n5\n{"event":{"id":"x"}}\n`,
  );
  expect(await ids()).toEqual(['a', 'b']);
  expect(report).toMatchObject({ records: 6, events: 2, rejected: 4, duplicates: 0 });
  expect(report.rejects.map(({ line, text }) => [line, text])).toEqual([
    [3, '{"broken":'],
    [6, '[1]'],
    [7, '5'],
    [8, '{"event":{"id":"x"}}'],
  ]);
  expect(report.rejects.map(({ reason }) => reason.replace(/invalid JSON:.*/, 'invalid JSON'))).toEqual([
    'invalid JSON',
    'not an object',
    'not an object',
    '@timestamp is missing',
  ]);
});

test('a time that is no date is refused with its text', async () => {
  const { rejects } = await store.append('{"@timestamp":"yesterday"}\n{"@timestamp":null}\n{"@timestamp":[]}');
  expect(rejects.map(({ reason }) => reason)).toEqual([
    '@timestamp is not a date: "yesterday"',
    '@timestamp is missing',
    '@timestamp is missing',
  ]);
});

test('a time too deeply nested to be shown is refused all the same', async () => {
  const deep = `{"@timestamp":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const report = await store.append(`${deep}\n${record('a')}`);
  expect(report.rejects.map(({ line, reason }) => [line, reason])).toEqual([
    [1, '@timestamp is not a date: a deeply nested value'],
  ]);
  expect(await ids()).toEqual(['a']);
});

test.each([
  ['a byte order mark', `\ufeff${record('a')}`],
  ['carriage returns', `${record('a')}\r\n\r\n`],
  ['white space that JSON does not know', `\v\n\f${record('a')}\v\n \f `],
  ['an escaped NUL', record('a', '{"name":"\\u0000"}')],
  ['a lone surrogate', record('a', '{"name":"x\\ud800"}')],
  ['deep nesting in a value', record('a', `{"name":${'['.repeat(100_000)}1${']'.repeat(100_000)}}`)],
  ['deep nesting elsewhere', record('a', `{"other":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`)],
  ['a huge number', record('a', '{"name":1e400}')],
  ['a long whole number', record('a', `{"name":${'9'.repeat(5000)}}`)],
  ['an array in a text', record('a', '{"name":"[\\""}')],
  ['SQL in keys', record('a', `{"name')); DROP TABLE events; --":1}`)],
])('%s does no harm', async (_, line) => {
  const report = await store.append(`${line}\n${record('b')}\n`);
  expect(report.rejects).toEqual([]);
  expect(await ids()).toEqual(['a', 'b']);
});

test('bytes that are no UTF-8 become U+FFFD: the event is not lost', async () => {
  const [before, after] = record('a', '{"name":"x?y"}').split('?');
  const bytes = Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xff, 0xc3]), Buffer.from(after ?? '')]);
  await store.append(bytes);
  expect((await store.events())[0]?.['process.name']).toBe('x\ufffd\ufffdy');
});

test('a record of more than 4 MiB is refused with the start of its text, however long', async () => {
  const long = (size: number) => record('long', `{"name":"${'x'.repeat(size)}"}`);
  const report = await store.append(`${record('a')}\n${long(5_000_000)}\n${long(40_000_000)}\n${record('b')}`);
  expect(await ids()).toEqual(['a', 'b']);
  expect(report.rejects.map(({ line, text }) => [line, text.length])).toEqual([
    [2, 65_536],
    [3, 65_536],
  ]);
  expect(report.rejects[0]?.reason).toMatch(/^too long: 50000/);
});

test('values beyond ignore_above are absent, counted in UTF-16 units', async () => {
  await store.append(
    [
      record('a', '{"name":"12345678","args":["123456789","é2345678"]}'),
      record('b', '{"name":"123456789","args":["123456789"]}'),
      record('c', '{"name":"😀345678"}'),
      record('d', '{"name":"😀3456789"}'),
      record('e', '{"name":["123456789","x"]}'),
    ].join('\n'),
  );
  const rows = await store.events();
  expect(rows.map((row) => row['process.name'])).toEqual(['12345678', null, '😀345678', null, 'x']);
  expect(rows.map((row) => row['process.args'])).toEqual([['é2345678'], null, null, null, null]);
});

test('the same public id is stored once, within a file and over files', async () => {
  const first = await store.append(`${record('a', '{"name":"1"}')}\n${record('a', '{"name":"2"}')}\n${record('b')}`);
  const second = await store.append(`${record('c')}\n${record('b')}\n${record('d')}\n${record('c')}`);
  expect(first).toMatchObject({ records: 3, events: 2, duplicates: 1 });
  expect(second).toMatchObject({ records: 4, events: 2, duplicates: 2 });
  const rows = await store.events();
  expect(rows.map(({ seq, id, batch }) => [seq, id, batch])).toEqual([
    [1n, 'a', 1],
    [2n, 'b', 1],
    [3n, 'c', 2],
    [4n, 'd', 2],
  ]);
  expect(rows[0]?.['process.name']).toBe('1');
});

test('a record without event.id is named by the digest of its bytes', async () => {
  const line = '{"@timestamp":"2026-11-21T10:00:00Z", "a": 1}';
  const exact = '{"@timestamp":"2026-11-21T10:00:00", "a": 1}';
  await store.append(`  ${line} \r\n${exact}\n${line}`);
  const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  expect(await ids()).toEqual([digest(line), digest(exact)]);
});

test('an empty file is no failure', async () => {
  expect(await store.append('')).toMatchObject({ records: 0, events: 0, window: null });
  expect(await store.append('\n \n')).toMatchObject({ records: 0, events: 0, window: null });
});

test.each([0.15, 0.25])('an append aborted at %d of its way stores nothing, and the next one works', async (share) => {
  const lines = Array.from({ length: 20_000 }, (_, index) => record(`e${index}`)).join('\n');
  const abort = new AbortController();
  const onProgress = (now: number) => now >= share && setImmediate(() => abort.abort(new Error('enough')));
  await expect(store.append(lines, { signal: abort.signal, onProgress })).rejects.toThrow('enough');
  expect(await ids()).toEqual([]);
  expect(await store.append(record('a'))).toMatchObject({ events: 1 });
  expect((await store.events())[0]?.['seq']).toBe(1n);
});
