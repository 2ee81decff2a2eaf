import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { flatten } from '#shared/event/document.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { compileException } from './compile.ts';
import { exceptionFragment, exceptionFragmentEsql } from './fragment.ts';
import type { AnyEntry, ExceptionEntry } from './item.ts';

const catalogue = catalogueOf([
  { name: 'k', type: 'keyword' },
  { name: 'w', type: 'wildcard' },
]);

const text = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '*', '"', '\\', ':', '(', ' or ', 'not '),
  minLength: 1,
  maxLength: 4,
});
const field = fc.constantFrom('k', 'w');
const operator = fc.constantFrom('included' as const, 'excluded' as const);
const entry: fc.Arbitrary<ExceptionEntry> = fc.oneof(
  fc.record({ type: fc.constant('match' as const), field, operator, value: text }),
  fc.record({
    type: fc.constant('match_any' as const),
    field,
    operator,
    value: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('wildcard' as const), field, operator, value: text }),
  fc.record({ type: fc.constant('exists' as const), field, operator }),
);
const document = fc.record({ k: fc.oneof(text, fc.array(text)), w: text }, { requiredKeys: [] });

test('a fragment leaves out exactly what the exception holds for', () => {
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1, maxLength: 3 }),
      fc.array(document, { minLength: 1, maxLength: 5 }),
      (entries, documents) => {
        const fragment = exceptionFragment(entries, catalogue);
        if (!fragment.ok) return;
        const [query, exception] = [
          compileKql(`*:* and ${fragment.value}`, catalogue),
          compileException(entries, catalogue),
        ];
        const [kept, holds] = [query.ok ? query.value.expression : null, exception.ok ? exception.value : null];
        for (const item of documents) {
          const flat = flatten(item, catalogue);
          expect(evaluateFilter(must(kept, 'query'), flat, 0)).toBe(!evaluateFilter(must(holds, 'exception'), flat, 0));
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('a fragment reads like the exception', () => {
  const entries: readonly ExceptionEntry[] = [
    { type: 'match', field: 'k', operator: 'included', value: 'a"b' },
    { type: 'match_any', field: 'w', operator: 'excluded', value: ['x y', 'z'] },
    { type: 'wildcard', field: 'w', operator: 'included', value: '/opt/*' },
    { type: 'exists', field: 'k', operator: 'included' },
  ];
  expect(exceptionFragment(entries, catalogue)).toEqual({
    ok: true,
    value: String.raw`not (k:"a\"b" and not w:("x y" or "z") and w:/opt/* and k:*)`,
  });
});

test.each([
  ['k', 'a?', false],
  ['k', ' a*', false],
  ['w', 'a b*', false],
  ['k', 'a b*', true],
  ['w', String.raw`a\* b\?`, true],
])('the pattern %s matches "%s" has a form in KQL: %s', (name, value, ok) => {
  expect(exceptionFragment([{ type: 'wildcard', field: name, operator: 'included', value }], catalogue).ok).toBe(ok);
});

test('what only LIKE can say is said so in ES|QL, the rest in KQL inside it', () => {
  const entries: readonly AnyEntry[] = [
    { type: 'match', field: 'w', operator: 'included', value: 'say "a"' },
    { type: 'wildcard', field: 'k', operator: 'included', value: 'a?\\*' },
  ];
  expect(exceptionFragmentEsql(entries, catalogue)).toEqual({
    ok: true,
    value: 'NOT (KQL("w:\\"say \\\\\\"a\\\\\\"\\"") AND COALESCE(`k` LIKE "a?\\\\*", FALSE))',
  });
  expect(exceptionFragment(entries, catalogue).ok).toBe(false);
});

test('lists are written out, objects in braces, systems beside', () => {
  const lists = new Map([['nets', ['10.0.0.0/8', '192.168.0.1-192.168.0.9']]]);
  const entries: readonly AnyEntry[] = [
    { type: 'list', field: 'ip', operator: 'excluded', list: { id: 'nets', type: 'ip_range' } },
    { type: 'nested', field: 'o', entries: [{ type: 'match', field: 'a', operator: 'included', value: 'x' }] },
  ];
  const said = exceptionFragment(entries, catalogue, { lists, osTypes: ['linux'] });
  expect(said.ok && said.value).toBe(
    'not (not (ip:("10.0.0.0/8") or (ip >= "192.168.0.1" and ip <= "192.168.0.9")) and o:{ a:"x" } and (host.os.type:("linux")))',
  );
  expect(exceptionFragment(entries, catalogue).ok).toBe(false);
});
