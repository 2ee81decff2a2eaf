import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Frame, framingOf, objectSplitter } from './frames.ts';
import { memberText } from './member-text.ts';

const document = fc.object({ key: fc.string(), maxDepth: 3, withNullPrototype: false });

/** Fed in pieces of this many bytes. */
function split(text: string, size: number, isHits: boolean): readonly Frame[] {
  const splitter = objectSplitter(isHits);
  const bytes = Buffer.from(text);
  const frames: Frame[] = [];
  for (let from = 0; from < bytes.length; from += size)
    frames.push(...splitter.push(bytes.subarray(from, from + size)));
  return [...frames, ...splitter.end()];
}

const parsed = (frames: readonly Frame[]): readonly unknown[] => frames.map(({ text }) => JSON.parse(text));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('how a text holds its records', () => {
  test.each([
    ['lines', '{"@timestamp":"2026-01-01","a":{"hits":{"hits":[1]}}}\n{"b":1}\n'],
    ['lines', 'type=SYSCALL msg=audit(1.1:1): a=1\n'],
    ['lines', '{"_index":"x","_source":{"hits":{"hits":[]}}}\n'],
    ['objects', '{\n  "process_exec": {\n'],
    ['hits', '{"took":3,"timed_out":false,"hits":{"total":{"value":1},"hits":[{"_index":"x"'],
    ['hits', '{\n "took": 3,\n "hits": {\n  "hits": [\n   {'],
  ] as const)('%s: %s', (framing, start) => expect(framingOf(start)).toBe(framing));

  test('objects over several lines are found whole, whatever stands in their strings and wherever a piece ends', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1 }), fc.integer({ min: 1, max: 60 }), (documents, size) => {
        const text = documents.map((one) => JSON.stringify(one, null, 2)).join('\n');
        expect(parsed(split(text, size, false))).toEqual(documents.map(plain));
      }),
    );
  });

  test('the hits of a search response are found, and nothing behind them', () => {
    fc.assert(
      fc.property(fc.array(document), fc.integer({ min: 1, max: 60 }), fc.constantFrom(0, 2), (hits, size, indent) => {
        const response = { took: 1, hits: { total: { value: hits.length }, hits }, aggregations: { a: [{ b: 1 }] } };
        const frames = split(JSON.stringify(response, null, indent), size, true);
        expect(parsed(frames)).toEqual(hits.map(plain));
        expect(frames.map(({ number }) => number)).toEqual(hits.map((_, index) => index + 1));
      }),
    );
  });

  test('an object is at the line where it begins; what is none is kept for the quarantine', () => {
    const text = '{\n "a": 1\n}\n\nwhat is this\n{\n "b": 2\n}\n{ "c":';
    expect(split(text, 7, false).map(({ number, text: shown }) => [number, shown])).toEqual([
      [1, '{  "a": 1 }'],
      [5, 'what is this'],
      [6, '{  "b": 2 }'],
      [9, '{ "c":'],
    ]);
  });
});

describe('a member as it stands in the text', () => {
  test('no digit is lost, and no string is taken for a key', () => {
    const text = '{"a":"_source\\":{","x":{"_source":1},"_source" : {"id":9007199254740993,"f":1.0},"_source":2}';
    expect(memberText(text, '_source')).toBe('{"id":9007199254740993,"f":1.0}');
    expect(memberText('{"a":[1,"]"],"b":null}', 'b')).toBe('null');
    expect(memberText('{"a":1}', 'b')).toBeUndefined();
  });

  test('reads as the member that JSON has', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(0, 1), (one, indent) => {
        const text = JSON.stringify(one, null, indent).replaceAll('\n', ' ');
        for (const [key, value] of Object.entries(plain(one) as object)) {
          expect(JSON.parse(memberText(text, key) ?? 'false')).toEqual(value);
        }
      }),
    );
  });
});
