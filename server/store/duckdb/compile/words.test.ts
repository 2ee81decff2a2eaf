import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { wordsOf } from '#shared/base/words.ts';
import { MACROS } from './macros.ts';

test('both engines find the same words around every character', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const macro of MACROS) await connection.run(macro);
  const read = await connection.runAndReadAll(`
    SELECT code, words_of('a' || chr(code) || 'B' || chr(code) || ' 1' || chr(code) || '2' || chr(code)) AS words
    FROM (SELECT unnest(range(1, 204800))::INTEGER AS code) WHERE code NOT BETWEEN 55296 AND 57343`);
  const differing = read.getRowObjectsJson().filter(({ code, words }) => {
    const character = String.fromCodePoint(Number(code));
    const own = wordsOf(`a${character}B${character} 1${character}2${character}`);
    return JSON.stringify(own) !== JSON.stringify(words);
  });
  connection.closeSync();
  instance.closeSync();
  expect(differing.map(({ code }) => Number(code).toString(16))).toEqual([]);
});
