import { expect, test } from 'vitest';
import { readFilter } from './read-filter.ts';

const negated = { meta: { negate: true }, query: { exists: { field: 'a' } } };

test.each<[string, unknown, unknown]>([
  ['phrase', { query: { match_phrase: { a: 'x' } } }, { kind: 'match', field: 'a', values: ['x'] }],
  [
    'phrase as an object',
    { query: { match_phrase: { a: { query: 7 } } } },
    { kind: 'match', field: 'a', values: ['7'] },
  ],
  [
    'match of older ones',
    { query: { match: { a: { query: 'x', type: 'phrase' } } } },
    { kind: 'match', field: 'a', values: ['x'] },
  ],
  ['terms', { query: { terms: { a: ['x', true] } } }, { kind: 'match', field: 'a', values: ['x', 'true'] }],
  ['exists beside meta', { meta: { negate: false }, exists: { field: 'a' } }, { kind: 'exists', field: 'a' }],
  ['negated', negated, { kind: 'not', of: { kind: 'exists', field: 'a' } }],
  ['switched off', { ...negated, meta: { disabled: true } }, null],
  [
    'wildcard',
    { query: { wildcard: { 'file.path': { case_insensitive: true, value: '?:\\\\Users\\\\*' } } } },
    { kind: 'wildcard', field: 'file.path', pattern: '?:\\\\Users\\\\*', caseless: true },
  ],
  [
    'range',
    { query: { range: { a: { gte: 1, lt: 'now' } } } },
    {
      kind: 'range',
      field: 'a',
      bounds: [
        { operator: '>=', value: '1' },
        { operator: '<', value: 'now' },
      ],
    },
  ],
  [
    'bool',
    {
      query: {
        bool: {
          should: [{ term: { a: 'x' } }, { term: { a: { value: 'y' } } }],
          minimum_should_match: 1,
          must_not: { exists: { field: 'b' } },
        },
      },
    },
    {
      kind: 'all',
      of: [
        {
          kind: 'any',
          of: [
            { kind: 'match', field: 'a', values: ['x'] },
            { kind: 'match', field: 'a', values: ['y'] },
          ],
        },
        { kind: 'not', of: { kind: 'exists', field: 'b' } },
      ],
    },
  ],
  [
    'should beside must ranks only',
    { query: { bool: { must: [], filter: [{ match_all: {} }], should: [{ exists: { field: 'b' } }] } } },
    { kind: 'all', of: [{ kind: 'all', of: [] }] },
  ],
])('%s', (_, filter, expected) => {
  expect(readFilter(filter)).toEqual({ ok: true, value: expected });
});

test.each<[unknown, string]>([
  [{ query: { script: {} } }, 'uses script, which is not read here'],
  [{ query: { query_string: { query: 'a:b' } } }, 'uses query_string, which is not read here'],
  [{ query: { constructor: {} } }, 'uses constructor, which is not read here'],
  [{ query: { bool: { minimum_should_match: 2, should: [] } } }, 'uses minimum_should_match 2, which is not read here'],
  [{ query: { term: { a: 'x', b: 'y' } } }, 'has a clause that does not name one field'],
  [{ query: { range: { a: {} } } }, 'has a condition on a that cannot be read'],
  [{}, 'is not one clause of Query DSL'],
  ['text', 'is no filter'],
  [null, 'is no filter'],
])('%j %s', (filter, problem) => {
  expect(readFilter(filter)).toEqual({ ok: false, error: problem });
});

test('nesting has an end', () => {
  let clause: unknown = { exists: { field: 'a' } };
  for (let depth = 0; depth < 5000; depth += 1) clause = { bool: { must_not: clause } };
  expect(readFilter({ query: clause })).toEqual({ ok: false, error: 'is nested too deep' });
});
