import { describe, expect, test } from 'vitest';
import { jsonProblemText, objectProblemText, parseJson, parseObject } from './json.ts';
import { jsonDocuments } from './json-documents.ts';

const CASES: readonly (readonly [text: string, place: string, message: string])[] = [
  ['', 'column 1', 'expected a value, found the end'],
  ['{"a": 1,}', 'column 9', 'expected a key in quotes, found "}"'],
  ['{"a": 1 "b": 2}', 'column 9', 'expected "," or "}", found "b"'],
  ["{'a': 1}", 'column 2', 'expected a key in quotes or "}", found "\'"'],
  ['{"a" 1}', 'column 6', 'expected ":" behind the key, found "1"'],
  ['{"a": None}', 'column 7', 'expected a value, found "None"'],
  ['{"a": 01}', 'column 7', 'expected a value, found "01"'],
  ['[1, 2', 'column 6', 'expected "," or "]", found the end'],
  ['[1, ]', 'column 5', 'expected a value, found "]"'],
  ['[}', 'column 2', 'expected a value or "]", found "}"'],
  ['{"a": "C:\\xampp"}', 'column 10', '"\\x" is no escape of JSON'],
  ['{"a": "b', 'column 7', 'these quotes are not closed in their line'],
  ['{"a": "b\tc"}', 'column 9', 'a control character within quotes has to be written as an escape'],
  ['{} {}', 'column 4', 'expected the end, found "{"'],
  ['{\n  "a": "one,\n  "b": 2\n}', 'line 2:8', 'these quotes are not closed in their line'],
  ['{\n  "a": 1\n  "b": 2\n}', 'line 3:3', 'expected "," or "}", found "b"'],
];

describe('where a text ceases to be JSON', () => {
  test.each(CASES)('%j', (text, place, message) => {
    const parsed = parseJson(text);
    expect(parsed.ok ? null : jsonProblemText(text, parsed.error)).toBe(`${place}: ${message}`);
  });

  test('it is found wherever one character is taken out, put in, or changed, and however deep', () => {
    const valid = '{"a": [1.5e-3, true, null, {"b": "x\\u0041\\n"}], "c": {}, "d": []}';
    for (let at = 0; at < valid.length; at += 1) {
      for (const inserted of ['', '"', '}', ']', ',', ':', '\\', '0', 'x', '\n', '-', '{']) {
        for (const rest of [at, at + 1]) {
          const text = valid.slice(0, at) + inserted + valid.slice(rest);
          const parsed = parseJson(text);
          if (!parsed.ok) expect(parsed.error.offset).toBeLessThanOrEqual(text.length);
          // What stands before it may go on: cut there, the text breaks off no sooner.
          const cut = parsed.ok ? parsed : parseJson(text.slice(0, parsed.error.offset));
          if (!parsed.ok && !cut.ok) expect(cut.error.offset).toBeLessThanOrEqual(parsed.error.offset);
          if (!parsed.ok && cut.ok) expect(parsed.error.message).toMatch(/^expected the end/);
        }
      }
    }
    const deep = parseJson('['.repeat(200_000));
    expect(deep.ok ? null : deep.error.offset).toBe(200_000);
  });

  test('an object is asked for', () => {
    expect(parseObject('  [1]')).toMatchObject({ ok: false, error: { offset: 2, isJson: true } });
    const told = (text: string) => {
      const parsed = parseObject(text);
      return parsed.ok ? '' : objectProblemText(parsed.error, ' at column 1');
    };
    expect(['{}', '[1]', 'null', '7', '"x"', 'true', 'x'].map(told)).toEqual([
      '',
      'This is a list in place of an object.',
      'This is null in place of an object.',
      'This is a number in place of an object.',
      'This is a string in place of an object.',
      'This is a boolean in place of an object.',
      'This is not JSON at column 1: expected a value, found "x".',
    ]);
  });
});

describe('objects of a text', () => {
  test('one a line', () => {
    const found = jsonDocuments('\uFEFF{"a":1}\n\n{"b":}\n[]\n');
    expect(found.map(({ line, object }) => [line, object.ok || object.error.offset])).toEqual([
      [1, true],
      [3, 5],
      [4, 0],
    ]);
  });

  test('a single one over several lines, whole or broken', () => {
    const [whole, ...others] = jsonDocuments('\n{\n  "a": 1\n}\n');
    expect([whole?.line, whole?.object, others]).toEqual([2, { ok: true, value: { a: 1 } }, []]);
    const [broken, ...none] = jsonDocuments('{\n  "a" 1\n}');
    expect([broken?.object.ok, none]).toEqual([false, []]);
  });
});
