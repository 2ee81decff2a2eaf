import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { MAX_LENGTH, MAX_NESTING } from '#shared/lang/esql/syntax/parse.ts';
import { sourceColumns } from '#shared/plan/columns.ts';
import { validatePlan } from '#shared/plan/validate.ts';
import { compileEsql } from './compile.ts';

const rarity: { readonly cases: readonly { readonly query: string }[] } = parse(
  readFileSync(new URL('cases/rarity-rule.yaml', import.meta.url), 'utf8'),
);

const QUERIES: readonly string[] = [
  ...rarity.cases.map(({ query }) => query),
  'from a, "b c" metadata _id | eval x = case(process.pid > -5 % 2, "a", user.id), `y z` = x::long / 2.5e1 | drop y* | limit 3',
  'from a | mv_expand process.args | rename process.args as arg, u = user.id | where arg not like ("a*", """?""") or u is not null',
  'from a | stats n = count(*) where process.pid == 1, max(@timestamp) - 1 day by d = date_trunc(1 week, @timestamp) | sort n desc nulls first',
  'from a /* b /* c */ */ | grok process.name "%{X:y|z}" | where y in (1, null) // end',
];
const PIECES: readonly string[] = [
  ...['|', '(', ')', ',', '"', '"""', '`', '/*', '*/', '//', '\\', '*', '.', '::', '=', '==', '-', '\n', '$', '\ud83d'],
  ...[' not ', ' and ', ' in ', ' like ', ' null ', ' by ', ' where ', ' stats ', ' 1 hour ', ' now() ', ' é '],
];

/** A query with a few stretches cut out, repeated or replaced. */
const mutated = fc
  .tuple(
    fc.constantFrom(...QUERIES),
    fc.array(fc.tuple(fc.nat(), fc.nat(30), fc.constantFrom('', ...PIECES)), { minLength: 1, maxLength: 6 }),
  )
  .map(([query, edits]) =>
    edits.reduce((text, [at, length, piece]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + piece + text.slice(from + length);
    }, query),
  );

const source = sourceColumns(ECS_PROCESS);

function expectSound(query: string): void {
  const compiled = compileEsql(query, ECS_PROCESS);
  if (compiled.ok) {
    expect(validatePlan(compiled.value.plan, source)).toEqual([]);
    return;
  }
  expect(compiled.error.length).toBeGreaterThan(0);
  for (const { message, span } of compiled.error) {
    expect(message).not.toBe('');
    expect(span && span.from >= 0 && span.from <= span.to && span.to <= query.length).toBe(true);
  }
}

test('a damaged query gives a sound plan or located problems', () => {
  fc.assert(fc.property(mutated, expectSound), { numRuns: 2000 });
});

test('so does any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), expectSound), { numRuns: 500 });
  fc.assert(fc.property(fc.array(fc.constantFrom(...PIECES)), (pieces) => expectSound(`from a ${pieces.join('')}`)));
});

test.each([
  ['parentheses', '('.repeat(40_000), ')'.repeat(40_000)],
  ['parentheses that do not close', '('.repeat(90_000), ''],
  ['negations', 'not '.repeat(20_000), ''],
  ['signs', '- '.repeat(40_000), ''],
  ['sums', '', ' + 1'.repeat(20_000)],
  ['casts', '', '::long'.repeat(15_000)],
  ['calls', 'abs('.repeat(15_000), ')'.repeat(15_000)],
  ['negations of negations', `${'not '.repeat(150)}(`.repeat(150), ''],
])('%s nest so deep and no deeper', (_, before, after) => {
  const compiled = compileEsql(`from a | where ${before}process.pid${after}`, ECS_PROCESS);
  expect(compiled.ok ? [] : compiled.error.map(({ code }) => code)).toEqual(['too-deep']);
});

test('nesting below the limit compiles', () => {
  const depth = Math.floor(MAX_NESTING / 2);
  const query = `from a | where ${'('.repeat(depth)}process.pid == 1${')'.repeat(depth)} | limit 1`;
  expect(compileEsql(query, ECS_PROCESS).ok).toBe(true);
});

test('long chains and lists are no nesting', () => {
  const conditions = Array.from({ length: 2000 }, (_, index) => `process.pid == ${index}`).join(' or ');
  const list = Array.from({ length: 5000 }, (_, index) => `${index}`).join(', ');
  expect(compileEsql(`from a | where ${conditions} | limit 1`, ECS_PROCESS).ok).toBe(true);
  expect(compileEsql(`from a | where process.pid in (${list}) | limit 1`, ECS_PROCESS).ok).toBe(true);
});

test('a query has a greatest length', () => {
  const compiled = compileEsql(`from a | limit 1 ${' '.repeat(MAX_LENGTH)}`, ECS_PROCESS);
  expect(compiled.ok ? [] : compiled.error.map(({ code }) => code)).toEqual(['query-too-long']);
});

test('many problems end in a list that a reader can take', () => {
  const compiled = compileEsql(`from a ${'| where x '.repeat(5000)}`, ECS_PROCESS);
  expect(compiled.ok ? 0 : compiled.error.length).toBe(100);
});
