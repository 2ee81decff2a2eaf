import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { evaluateFilter, evaluatePlan } from '#shared/evaluate/evaluate.ts';
import { type FlatDocument, flatten } from '#shared/event/document.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { EVENT_COLUMN } from '#shared/plan/plan.ts';
import { compileException } from './compile.ts';
import { exceptionFragment, exceptionFragmentEsql } from './fragment.ts';
import type { AnyEntry, ExceptionEntry, OsType } from './item.ts';

const catalogue = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'k', type: 'keyword' },
  { name: 'w', type: 'wildcard' },
  { name: 'many', type: 'keyword', many: true },
  { name: 'ip', type: 'ip' },
  { name: 'host.os.type', type: 'keyword' },
  { name: 'host.os.name', type: 'keyword', caseless: true },
]);
const context = {
  lists: new Map([
    ['words', ['a', 'b b', '*']],
    ['nets', ['10.0.0.0/8', '192.168.0.1-192.168.0.9']],
  ]),
};

const text = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '*', '?', '"', '\\', ':', '(', ' or ', 'not '),
  minLength: 1,
  maxLength: 4,
});
const field = fc.constantFrom('k', 'w', 'many');
const operator = fc.constantFrom('included' as const, 'excluded' as const);
const entry: fc.Arbitrary<AnyEntry> = fc.oneof(
  fc.record({ type: fc.constant('match' as const), field, operator, value: text }),
  fc.record({
    type: fc.constant('match_any' as const),
    field,
    operator,
    value: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('wildcard' as const), field, operator, value: text }),
  fc.record({ type: fc.constant('exists' as const), field, operator }),
  fc.record({
    type: fc.constant('list' as const),
    field,
    operator,
    list: fc.constant({ id: 'words', type: 'keyword' as const }),
  }),
  fc.record({
    type: fc.constant('list' as const),
    field: fc.constant('ip'),
    operator,
    list: fc.constant({ id: 'nets', type: 'ip_range' as const }),
  }),
);
const osTypes = fc.subarray(['linux', 'windows'] as const);
const address = fc.constantFrom('10.1.2.3', '192.168.0.5', '192.168.0.10', '::1');
const document = fc.record(
  {
    ...{ k: text, w: text, many: fc.array(text), ip: fc.oneof(address, fc.array(address)) },
    host: fc.constantFrom({ os: { type: 'linux' } }, { os: { name: 'Windows' } }, {}),
  },
  { requiredKeys: [] },
);
const asked = [fc.array(entry, { minLength: 1, maxLength: 3 }), osTypes, fc.array(document, { maxLength: 5 })] as const;

const holdsFor = (entries: readonly AnyEntry[], systems: readonly OsType[]) => {
  const exception = compileException(entries, catalogue, { ...context, osTypes: systems });
  const holds = must(exception.ok ? exception.value : null, 'exception');
  return (flat: FlatDocument): boolean => evaluateFilter(holds, flat, 0) === true;
};

test('a fragment of KQL leaves out exactly what the exception holds for', () => {
  let said = 0;
  fc.assert(
    fc.property(...asked, (entries, systems, documents) => {
      const fragment = exceptionFragment(entries, catalogue, { ...context, osTypes: systems });
      if (!fragment.ok) return;
      said += 1;
      const query = compileKql(`*:* and ${fragment.value}`, catalogue);
      const kept = must(query.ok ? query.value.expression : null, fragment.value);
      const holds = holdsFor(entries, systems);
      for (const flat of documents.map((one) => flatten(one, catalogue))) {
        expect(evaluateFilter(kept, flat, 0)).toBe(!holds(flat));
      }
    }),
    { numRuns: 1000 },
  );
  expect(said).toBeGreaterThan(250);
});

test('a fragment of ES|QL leaves out exactly what the exception holds for', () => {
  let said = 0;
  fc.assert(
    fc.property(...asked, (entries, systems, documents) => {
      const fragment = exceptionFragmentEsql(entries, catalogue, { ...context, osTypes: systems });
      if (!fragment.ok) return;
      said += 1;
      const query = compileEsql(`FROM events METADATA _id | WHERE ${fragment.value} | KEEP k`, catalogue);
      const { plan } = must(query.ok ? query.value : null, `${fragment.value}: ${JSON.stringify(query)}`);
      const holds = holdsFor(entries, systems);
      const events = documents.map((one, number) => ({ number, document: flatten(one, catalogue) }));
      const { rows } = evaluatePlan(plan, events, { now: 0, catalogue });
      expect(rows.map((row) => row[EVENT_COLUMN])).toEqual(
        events.filter((event) => !holds(event.document)).map(({ number }) => number),
      );
    }),
    { numRuns: 500 },
  );
  expect(said).toBeGreaterThan(125);
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
  const lists = new Map([['nets', ['10.0.0.0/8', '192.168.0.8 - 192.168.0.9']]]);
  const entries: readonly AnyEntry[] = [
    { type: 'list', field: 'ip', operator: 'excluded', list: { id: 'nets', type: 'ip_range' } },
    { type: 'nested', field: 'o', entries: [{ type: 'match', field: 'a', operator: 'included', value: 'x' }] },
  ];
  const said = exceptionFragment(entries, catalogue, { lists, osTypes: ['linux'] });
  expect(said.ok && said.value).toBe(
    'not (not ip:("10.0.0.0/8" or "192.168.0.8/31") and o:{ a:"x" } and (host.os.type:("linux") or host.os.name.caseless:("linux")))',
  );
  expect(exceptionFragment(entries, catalogue).ok).toBe(false);
});
