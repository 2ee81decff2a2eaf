import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, type Session } from '../connection.ts';
import { CASE_MACROS, lowerCase, upperCase } from './letter-case.ts';

let database: Database;
let session: Session;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:' });
  session = await database.session();
  for (const macro of CASE_MACROS) await session.run(macro);
});
afterAll(() => {
  session.close();
  database.close();
});

/** Letters of Unicode 16 and 17, which the engine does not know to have a case. */
const YOUNG = /[\u{1c89}\u{1c8a}\u{a7cb}-\u{a7dc}\u{10d50}-\u{10d8f}\u{16ea0}-\u{16edf}]/u;

/** Letters that the engine changes otherwise than JavaScript. */
async function unlike(sql: string, change: (letter: string) => string): Promise<readonly string[]> {
  const rows = await session.rows(
    `SELECT i AS code, ${sql} AS changed FROM (SELECT i::INTEGER AS i, chr(i::INTEGER) AS c FROM range(1, 1114112) AS r(i)
      WHERE i NOT BETWEEN 55296 AND 57343 AND i <> 65279)`,
  );
  return rows.flatMap(({ code, changed }) => {
    const letter = String.fromCodePoint(Number(code));
    const expected = change(letter);
    const isAlike = changed === expected || (changed === letter && YOUNG.test(`${letter}${expected}`));
    return isAlike ? [] : [`${letter}: ${String(changed)}`];
  });
}

test('every code point alone', async () => {
  expect(await unlike(upperCase('c'), (letter) => letter.toUpperCase())).toEqual([]);
  expect(await unlike(lowerCase('c'), (letter) => letter.toLowerCase())).toEqual([]);
});

const words = fc.string({
  unit: fc.constantFrom(..."ΣΣσςΑaßﬁİı1 .:'-_\u0301\u00ad\u02b0ªⓐⅠ中\n\u{10400}\u{1F600}"),
  maxLength: 9,
});

test('words, and the sigma at their end', async () => {
  const texts = [
    'ΟΔΥΣΣΕΥΣ',
    'ΟΔΥΣΣΕΥΣ.',
    'Σ',
    'ΑΣ Σ ΣΑ',
    'ΑΣ.Α',
    "Α'Σ'",
    'ΑΣ\u0301',
    'ΑΣ\nΑ',
    ...fc.sample(words, { numRuns: 3000, seed: 1 }),
  ];
  const rows = await session.rows(
    `SELECT t, ${lowerCase('t')} AS lower, ${upperCase('t')} AS upper FROM (SELECT unnest($1::VARCHAR[]) AS t)`,
    [JSON.stringify(texts)],
  );
  expect(rows).toHaveLength(texts.length);
  for (const { t, lower, upper } of rows) {
    expect(lower, String(t)).toBe(String(t).toLowerCase());
    expect(upper, String(t)).toBe(String(t).toUpperCase());
  }
});
