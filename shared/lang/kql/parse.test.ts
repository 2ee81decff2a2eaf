import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_NESTING, parseKql } from './parse.ts';
import { parser } from './parser.generated.ts';
import { findSyntaxErrors } from './syntax-error.ts';

/** Whether Lezer put an error node into the tree. */
function hasErrorNode(text: string): boolean {
  let found = false;
  parser.parse(text).iterate({
    enter: (node) => {
      found ||= node.type.isError;
    },
  });
  return found;
}

const TOKENS = [
  'a',
  'b1',
  ' ',
  '\n',
  '(',
  ')',
  '{',
  '}',
  ':',
  '<',
  '>=',
  '"x y"',
  '"',
  '\\',
  '\\(',
  '*',
  'or',
  ' or ',
  ' and ',
  'not ',
  'not',
  'and',
];

test('the grammar and the reader that words mistakes agree on what a query is', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...TOKENS), { maxLength: 12 }), (tokens) => {
      const text = tokens.join('');
      expect({ text, error: findSyntaxErrors(text).length > 0 }).toEqual({ text, error: hasErrorNode(text) });
    }),
    { numRuns: 20_000 },
  );
});

test('mistakes stand inside the text, or at its end, each behind the one before', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...TOKENS), maxLength: 12 }), (text) => {
      const spans = findSyntaxErrors(text).map(({ span }) => span ?? { from: -1, to: -1 });
      expect(spans.every(({ from, to }) => from >= 0 && from <= to && to <= text.length)).toBe(true);
      expect(spans.map(({ from }) => from)).toEqual(
        [...new Set(spans.map(({ from }) => from))].toSorted((a, b) => a - b),
      );
    }),
  );
});

test('nesting is bounded, long chains are not', () => {
  const nested = (depth: number) => parseKql(`${'('.repeat(depth)}a:1${')'.repeat(depth)}`);
  expect(nested(MAX_NESTING).ok).toBe(true);
  for (const depth of [MAX_NESTING + 1, 5000, 100_000]) {
    const parsed = nested(depth);
    expect(parsed.ok ? 'a query' : parsed.error.map(({ code, span }) => [code, span?.from])).toEqual([
      ['too-deep', MAX_NESTING],
    ]);
  }
  const unclosed = parseKql('a:('.repeat(5000));
  expect(unclosed.ok ? 'a query' : unclosed.error.map(({ code }) => code)).toEqual(['too-deep']);
  expect(parseKql(`f:(${Array.from({ length: 10_000 }, (_, index) => `v${index}`).join(' or ')})`).ok).toBe(true);
  expect(parseKql(Array.from({ length: 10_000 }, (_, index) => `f:v${index}`).join(' and ')).ok).toBe(true);
  expect(parseKql(Array.from({ length: 5000 }, (_, index) => `not f:${index}`).join(' or ')).ok).toBe(true);
  expect(parseKql('not '.repeat(50_000)).ok).toBe(false);
});

test('every node knows where it stands', () => {
  const text = 'a:1 and not (b >= 2 or c:(x or "y z"))';
  const parsed = parseKql(text);
  const seen: string[] = [];
  JSON.stringify(parsed, (key, value) => {
    if (key === 'span') seen.push(text.slice(value.from, value.to));
    return value;
  });
  expect(seen).toEqual(
    expect.arrayContaining([
      'a',
      '1',
      'a:1',
      text,
      'b >= 2',
      'c:(x or "y z")',
      'x or "y z"',
      '"y z"',
      'b >= 2 or c:(x or "y z")',
    ]),
  );
});
