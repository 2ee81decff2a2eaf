import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogueOf } from '#shared/event/field.ts';
import { compileKql } from './compile.ts';
import { kqlFieldName, kqlLiteral } from './literal.ts';
import { hostileText } from './testing/arbitrary.ts';

const types = ['keyword', 'wildcard', 'constant_keyword'] as const;

test('a literal means exactly its value, on every type of text field and anywhere in a query', () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom(...types), (value, type) => {
      const catalogue = catalogueOf([{ name: 'f', type }]);
      const compiled = compileKql(`f:(${kqlLiteral(value)}) and not f:*`, catalogue);
      expect(compiled).toMatchObject({
        ok: true,
        value: {
          expression: {
            operands: [
              { kind: 'any', field: 'f', test: { kind: 'equals', value } },
              { kind: 'not', operand: { kind: 'any', field: 'f', test: { kind: 'exists' } } },
            ],
          },
        },
      });
    }),
    { numRuns: 2000 },
  );
});

test('a field name is taken as it is', () => {
  fc.assert(
    fc.property(
      hostileText.filter((name) => !name.endsWith('.caseless')),
      (name) => {
        const catalogue = catalogueOf([{ name, type: 'keyword' }]);
        const compiled = compileKql(`not ${kqlFieldName(name)} >= ${kqlLiteral('x')}`, catalogue);
        expect(compiled).toMatchObject({
          ok: true,
          value: { warnings: [], expression: { operand: { field: name, test: { kind: 'range' } } } },
        });
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ['plain', '"plain"'],
  ['a"b', String.raw`"a\"b"`],
  ['C:\\new', String.raw`"C:\\new"`],
  ['line\nfeed', String.raw`"line\nfeed"`],
  ["$(id) `x` 'y' *", '"$(id) `x` \'y\' *"'],
])('%j becomes %s', (value, literal) => {
  expect(kqlLiteral(value)).toBe(literal);
});

test.each([
  ['process.name', 'process.name'],
  ['@timestamp', '@timestamp'],
  ['a b', '"a b"'],
  ['not', '"not"'],
  ['a*', '"a*"'],
])('the field %s is written %s', (name, written) => {
  expect(kqlFieldName(name)).toBe(written);
});
