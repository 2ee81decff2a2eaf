import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseInstant } from '#shared/base/time.ts';
import { flatten } from '#shared/event/document.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { sourceColumns } from '#shared/plan/columns.ts';
import { validatePlan } from '#shared/plan/validate.ts';
import { evaluateFilter, evaluatePlan } from '../evaluate.ts';
import { arbitraryDocument, arbitraryDocuments } from './documents.ts';
import { arbitraryExpression } from './expressions.ts';
import { assemble, inArrays } from './json.ts';
import { arbitraryPlan } from './plans.ts';
import { WEB_SERVER_VOCABULARY } from './vocabulary.ts';

const range = { from: parseInstant('2026-11-21T10:00:00Z') ?? 0, to: parseInstant('2026-11-21T12:00:00Z') ?? 0 };
const document = arbitraryDocument(ECS_PROCESS, WEB_SERVER_VOCABULARY, range);
const documents = arbitraryDocuments(ECS_PROCESS, WEB_SERVER_VOCABULARY, range, { minLength: 5, maxLength: 30 });
const seeded = { seed: 20261121 };

test('names are spelled as asked, and given twice they have both values', () => {
  const members = [
    { field: 'a.b.c', value: 1, dotted: 0 },
    { field: 'a.b.d', value: 2, dotted: 2 },
    { field: 'a.b.c', value: 3, dotted: 0 },
    { field: 'a.b', value: 4, dotted: 1 },
  ];
  expect(assemble(members)).toEqual({ a: { b: { c: [1, 3] }, 'b.d': 2 }, 'a.b': 4 });
  expect(inArrays({ a: { b: 1, c: 2 }, d: { e: 1 } }, ['a'])).toEqual({ a: [{ b: 1, c: 2 }], d: { e: 1 } });
  expect(inArrays({ a: { b: 1, c: 2, d: 3 } }, ['a'])).toEqual({ a: [{ b: 1 }, { c: 2 }, { d: 3 }] });
});

test('documents survive JSON, and nearly all have a time in the range', () => {
  const sample = fc.sample(document, { ...seeded, numRuns: 500 });
  const times = sample.map((one) => flatten(JSON.parse(JSON.stringify(one)), ECS_PROCESS).get('@timestamp')?.[0]);
  const dated = times.filter((time) => typeof time === 'number' && time >= range.from && time <= range.to);
  expect(dated.length).toBeGreaterThan(450);
  expect(dated.length).toBeLessThan(500);
});

test('conditions are often true, often false and sometimes null', () => {
  const expression = arbitraryExpression(ECS_PROCESS, WEB_SERVER_VOCABULARY, range);
  const counts = { true: 0, false: 0, null: 0 };
  for (const [where, one] of fc.sample(fc.tuple(expression, document), { ...seeded, numRuns: 2000 })) {
    counts[`${evaluateFilter(where, flatten(one, ECS_PROCESS), range.to)}`] += 1;
  }
  expect(Math.min(counts.true, counts.false)).toBeGreaterThan(300);
  expect(counts.null).toBeGreaterThan(100);
});

test('plans are valid, can be evaluated, and often have rows', () => {
  const plan = arbitraryPlan(ECS_PROCESS, WEB_SERVER_VOCABULARY, range);
  let withRows = 0;
  fc.assert(
    fc.property(plan, documents, (one, sent) => {
      expect(validatePlan(one, sourceColumns(ECS_PROCESS))).toEqual([]);
      const events = sent.map((each, index) => ({ number: index + 1, document: flatten(each, ECS_PROCESS) }));
      const { columns, rows } = evaluatePlan(one, events, { now: range.to, catalogue: ECS_PROCESS });
      const names = columns.map(({ name }) => name);
      for (const row of rows) expect(Object.keys(row)).toEqual(names);
      if (rows.length > 0) withRows += 1;
    }),
    { ...seeded, numRuns: 500 },
  );
  expect(withRows).toBeGreaterThan(150);
});
