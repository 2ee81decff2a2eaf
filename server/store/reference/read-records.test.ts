import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import type { RawRecord } from './raw-record.ts';
import { type ReadOptions, readRecords } from './read-records.ts';
import { splitElements } from './split-elements.ts';
import { splitLines } from './split-lines.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-records-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const shown = ({ line, bytes, problem }: RawRecord): string =>
  `${line} ${bytes.toString('utf8')}${problem ? ` (${problem})` : ''}`;

async function all(records: AsyncIterable<RawRecord>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const record of records) found.push(shown(record));
  return found;
}

async function read(content: string | Buffer, options?: ReadOptions): Promise<readonly string[]> {
  const path = join(folder, 'records');
  await writeFile(path, content);
  return all(readRecords(path, options));
}

test.each<[string, string | Buffer, readonly string[]]>([
  ['lines', '{"a":1}\n{"b":2}\n', ['1 {"a":1}', '2 {"b":2}']],
  ['a last line without its end', '{"a":1}\n{"b":2}', ['1 {"a":1}', '2 {"b":2}']],
  ['blank lines and Windows line ends', '\r\n{"a":1}\r\n \t\n{"b":2}\r\n', ['2 {"a":1}', '4 {"b":2}']],
  ['a byte order mark', '\ufeff{"a":1}\n', ['1 {"a":1}']],
  ['lines in gzip', gzipSync('{"a":1}\n{"b":2}\n'), ['1 {"a":1}', '2 {"b":2}']],
  ['an array', ' [ {"a":1} ,\n{"b":[2,{"c":3}]}\n] \n', ['1 {"a":1}', '2 {"b":[2,{"c":3}]}']],
  ['an array in gzip', gzipSync('[{"a":1},{"b":2}]'), ['1 {"a":1}', '2 {"b":2}']],
  ['a first line that is a list', '["a"]\n{"b":2}\n', ['1 ["a"]', '2 {"b":2}']],
  ['an array after a byte order mark', '\ufeff[{"a":1}]', ['1 {"a":1}']],
  [
    'brackets and commas in texts',
    '[{}, "],[{\\"", "\\\\", {"a":"}],"}]',
    ['1 {}', '2 "],[{\\""', '3 "\\\\"', '4 {"a":"}],"}'],
  ],
  ['an empty array', '[]', []],
  ['an empty file', '', []],
  ['nothing but blanks', ' \n\n', []],
  ['text after an array', '[{"a":1}] {"b":2}\n', ['1 {"a":1}', '2 {"b":2} (text after the end of the array)']],
  ['an array cut short', '[{"a":1}, {"b":', ['1 {"a":1}', '2 {"b":']],
])('%s', async (_, content, expected) => {
  expect(await read(content)).toEqual(expected);
});

test('of a record that is too long only the start is kept', async () => {
  const options = { maxRecordBytes: 10 };
  const problem = (bytes: number) => `(too long: ${bytes} bytes, 10 are allowed)`;
  const text = `{"a":"${'x'.repeat(40)}"}`;
  expect(await read(`{"b":"1"}\n${text}\n{"c":"2"}\n`, options)).toEqual([
    '1 {"b":"1"}',
    `2 {"a":"xxxxx ${problem(48)}`,
    '3 {"c":"2"}',
  ]);
  expect(await read(`[{"b":"1"},${text},{"c":"2"}]`, options)).toEqual([
    '1 {"b":"1"}',
    `2 {"a":"xxxxx ${problem(48)}`,
    '3 {"c":"2"}',
  ]);
});

/** `{"a":1}` and a line end, as zstd writes them. */
const ZSTD = Buffer.from('KLUv/QRYQQAAeyJhIjoxfQri7+zg', 'base64');

test('zstd is read, and a broken file is an error', async () => {
  expect(await read(ZSTD)).toEqual(await read('{"a":1}\n'));
  await expect(read(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]))).rejects.toThrow();
  await expect(read(ZSTD.subarray(0, 10))).rejects.toThrow();
});

test('a file that ends inside its gzip is an error', async () => {
  await expect(read(gzipSync('{"a":1}\n'.repeat(100)).subarray(0, 20))).rejects.toThrow();
});

test('a missing file is an error', async () => {
  await expect(all(readRecords(join(folder, 'missing')))).rejects.toThrow(/ENOENT/);
});

test('reading can be stopped, and tells how far it is', async () => {
  const shares: number[] = [];
  await read('{"a":1}\n'.repeat(50_000), { onProgress: (share) => shares.push(share) });
  expect(shares.at(-1)).toBe(1);
  expect(shares.length).toBeGreaterThan(1);
  await expect(read('{"a":1}\n', { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
});

test('where a chunk ends makes no difference', async () => {
  const piece = fc.constantFrom('{', '}', '[', ']', ',', '"', '\\', '\n', ' ', 'a', 'é', '1');
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join('')));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.nat(30)),
      fc.constantFrom(splitLines, splitElements),
      async (bytes, cuts, split) => {
        const whole = await all(split(inPieces([bytes]), 5));
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, index) => bytes.subarray(must(places[index], 'place'), end));
        expect(await all(split(inPieces(pieces), 5))).toEqual(whole);
      },
    ),
  );
});

async function* inPieces(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}
