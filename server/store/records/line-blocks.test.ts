import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineBlocks, linesOfBlock } from './line-blocks.ts';
import { linesOf } from './lines.ts';

async function fromFile<Value>(content: string, read: (path: string) => AsyncIterable<Value>): Promise<Value[]> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-lines-'));
  try {
    await writeFile(join(folder, 'lines'), content);
    const values: Value[] = [];
    for await (const value of read(join(folder, 'lines'))) values.push(value);
    return values;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('blocks hold the lines that stand in the file, wherever they are cut', async () => {
  const part = fc.constantFrom('\n', ' ', '\r\n', '\t', '{}', 'ab', 'é', 'x'.repeat(9), 'y'.repeat(30));
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), async (parts, size) => {
      const content = parts.join('');
      const blocks = await fromFile(content, (path) => lineBlocks(path, size, 20));
      const lines = await fromFile(content, (path) => linesOf(path, 20));
      expect(blocks.flatMap(({ bytes }) => linesOfBlock(bytes)).length).toBe(lines.length);
      expect(blocks.map(({ lines }) => lines)).toEqual(blocks.map(({ bytes }) => linesOfBlock(bytes).length));
      const read = blocks.flatMap(({ bytes }) => linesOfBlock(bytes).map(String));
      for (const [index, { bytes, cutFrom }] of lines.entries()) {
        if (cutFrom === undefined) expect(read[index]).toBe(String(bytes));
      }
    }),
    { numRuns: 60 },
  );
});
