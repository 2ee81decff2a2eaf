import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { parseInstant } from '#shared/base/time.ts';
import { arbitraryDocuments } from '#shared/evaluate/generate/documents.ts';
import { arbitraryExpression } from '#shared/evaluate/generate/expressions.ts';
import { arbitraryKqlExpression } from '#shared/evaluate/generate/kql-expressions.ts';
import { arbitraryPlan } from '#shared/evaluate/generate/plans.ts';
import { type Vocabulary, WEB_SERVER_VOCABULARY } from '#shared/evaluate/generate/vocabulary.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type Field } from '#shared/event/field.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { printPlan } from '#shared/plan/print.ts';
import { loadDifferences } from './difference-files.ts';
import { openPair, type Pair } from './differential.ts';

/**
 * The proof that DuckDB answers as the reference evaluator does. A difference found here is shrunk by hand into a file of
 * `differences/`, and those are replayed first. Longer searches: ODDSPAWN_SEARCH=50 and another ODDSPAWN_SEED.
 */
const SEARCH = Number(process.env['ODDSPAWN_SEARCH'] ?? 1);
const SEED = Number(process.env['ODDSPAWN_SEED'] ?? 20_261_121);

const instant = (text: string): number => must(parseInstant(text), text);
const range = { from: instant('2026-11-21T10:00:00Z'), to: instant('2026-11-21T12:00:00Z') };
const size = { minLength: 250, maxLength: 250 };

for (const { file, because, documents, plan, rows, now } of await loadDifferences()) {
  test(`${file}: ${because}`, async () => {
    const both = await openPair(ECS_PROCESS);
    await both.append(documents);
    const { expected, actual } = await both.compare({ steps: plan }, instant(now));
    await both.close();
    expect(expected.rows).toEqual(rows);
    expect(actual).toEqual(expected);
  });
}

let pair: Pair;
beforeAll(async () => {
  pair = await openPair(ECS_PROCESS);
  const documents = arbitraryDocuments(ECS_PROCESS, WEB_SERVER_VOCABULARY, range, size);
  for (const records of fc.sample(documents, { seed: SEED, numRuns: 1 })) await pair.append(records);
});
afterAll(() => pair.close());

async function agreeOn(plan: Plan): Promise<void> {
  const { equal, expected, actual } = await pair.compare(plan, range.to);
  if (!equal) expect(actual, printPlan(plan)).toEqual(expected);
}

test('random filters pass the same events', async () => {
  const filter = arbitraryExpression(ECS_PROCESS, WEB_SERVER_VOCABULARY, range).map(
    (where): Plan => ({
      steps: [
        { kind: 'filter', where },
        { kind: 'keep', columns: ['event.id'] },
      ],
    }),
  );
  await fc.assert(fc.asyncProperty(filter, agreeOn), { seed: SEED, numRuns: 200 * SEARCH });
});

const OBJECTS = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'event.id', type: 'keyword' },
  {
    name: 'threat.list',
    type: 'nested',
    fields: [
      { name: 'name', type: 'keyword', ignoreAbove: 8, caseless: true },
      { name: 'note.text', type: 'text' },
      { name: 'size', type: 'long' },
      { name: 'seen', type: 'date' },
      { name: 'ip', type: 'ip' },
      { name: 'is.it', type: 'boolean' },
    ],
  },
  { name: 'request.all', type: 'flattened', ignoreAbove: 8 },
  { name: 'request.all.x', type: 'keyword', keyed: true },
  { name: 'request.all.y.z', type: 'keyword', keyed: true },
  { name: 'note', type: 'text' },
]);
const OBJECT_VOCABULARY: Vocabulary = {
  name: ['sh', 'Sh', 'bash', 'a much longer name'],
  'note.text': ['Some words here', 'words, other words', 'x_y.z 1,5'],
  size: ['1', '2', '7'],
  ip: ['10.0.0.1', '::1'],
  'is.it': ['true', 'false'],
  'request.all': ['p', 'q', 'one two', 'beyond all limits'],
  'request.all.x': ['p', 'q'],
  note: ['Some words here', 'other words', 'Net.WebClient'],
};

test('random filters over objects, lists of objects and words pass the same events', async () => {
  const both = await openPair(OBJECTS);
  const documents = arbitraryDocuments(OBJECTS, OBJECT_VOCABULARY, range, { minLength: 150, maxLength: 150 });
  for (const records of fc.sample(documents, { seed: SEED, numRuns: 1 })) await both.append(records);
  const setting = { fields: OBJECTS.fields, vocabulary: OBJECT_VOCABULARY, range };
  const filter = arbitraryKqlExpression(setting).map((where): Plan => ({ steps: [{ kind: 'filter', where }] }));
  await fc.assert(
    fc.asyncProperty(filter, async (plan) => {
      const { equal, expected, actual } = await both.compare(plan, range.to);
      if (!equal) expect(actual, printPlan(plan)).toEqual(expected);
    }),
    { seed: SEED, numRuns: 200 * SEARCH },
  );
  await both.close();
});

test('random plans give the same rows in the same order, and warn of the same', async () => {
  const plans = arbitraryPlan(ECS_PROCESS, WEB_SERVER_VOCABULARY, range);
  await fc.assert(fc.asyncProperty(plans, agreeOn), { seed: SEED, numRuns: 200 * SEARCH });
});

test('whole events come out the same', async () => {
  await agreeOn({ steps: [] });
  await agreeOn({
    steps: [
      {
        kind: 'sort',
        by: [
          { value: { kind: 'column', name: 'process.name', type: 'string' }, direction: 'descending', nulls: 'first' },
        ],
      },
    ],
  });
});

test('lists of objects within lists are asked as deep as a query can name them', async () => {
  const names = Array.from({ length: 99 }, (_, index) => `a${index}`);
  const innermost: Field = { name: 'x', type: 'long' };
  const field = names.reduceRight<Field>((inner, name) => ({ name, type: 'nested', fields: [inner] }), innermost);
  const document = names.reduceRight((inner: object, name) => ({ [name]: [inner] }), { x: 1 });
  const query = names.reduceRight((inner, name) => `${name}:{ ${inner} }`, 'x:1');
  const catalogue = catalogueOf([{ name: '@timestamp', type: 'date' }, { name: 'event.id', type: 'keyword' }, field]);
  const compiled = compileKql(query, catalogue);
  const where = must(compiled.ok ? compiled.value.expression : null, 'expression');
  const both = await openPair(catalogue);
  await both.append([{ '@timestamp': '2026-11-21T10:00:00Z', 'event.id': 'deep', ...document }]);
  const steps: Plan['steps'] = [
    { kind: 'filter', where },
    { kind: 'keep', columns: ['event.id'] },
  ];
  const { expected, actual } = await both.compare({ steps }, range.to);
  await both.close();
  expect(expected.rows.map((row) => row['event.id'])).toEqual(['deep']);
  expect(actual).toEqual(expected);
});
