import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { flatten } from '#shared/event/document.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import { eventValues } from './event-values.ts';
import { prefillException } from './fill-exception.ts';

const catalogue = catalogueOf([
  { name: 'name', type: 'keyword' },
  { name: 'line', type: 'wildcard' },
  { name: 'pid', type: 'long' },
  { name: 'at', type: 'date' },
  { name: 'args', type: 'keyword', many: true },
]);
const FIELDS = ['name', 'line', 'pid', 'at', 'args'];

test('one value is matched whole, wildcards in it included', () => {
  expect(prefillException(['line'], [{ line: ['rm *'] }, { line: ['rm *'] }], catalogue)).toEqual([
    { type: 'match', field: 'line', operator: 'included', value: 'rm *' },
  ]);
});

test('several events give one of their values, in the order of the fields', () => {
  const events = [
    { name: ['sh'], line: ['sh -c a'] },
    { name: ['sh'], line: ['sh -c b'] },
  ];
  expect(prefillException(['line', 'name'], events, catalogue)).toEqual([
    { type: 'match_any', field: 'line', operator: 'included', value: ['sh -c a', 'sh -c b'] },
    { type: 'match', field: 'name', operator: 'included', value: 'sh' },
  ]);
});

test('a list is never "is one of": what all events share is a condition each', () => {
  const events = [{ args: ['-c', 'id', 'sh'] }, { args: ['-c', 'sh', 'whoami'] }];
  expect(prefillException(['args'], events, catalogue)).toEqual([
    { type: 'match', field: 'args', operator: 'included', value: '-c' },
    { type: 'match', field: 'args', operator: 'included', value: 'sh' },
  ]);
  expect(prefillException(['args'], [{ args: ['a'] }, { args: ['b'] }], catalogue)).toEqual([]);
  expect(prefillException(['name'], [{ name: ['a', 'b'] }], catalogue)).toHaveLength(2);
});

test('a field that an event lacks is left out: the exception would not hold for that event', () => {
  expect(prefillException(['name', 'line'], [{ name: ['sh'], line: ['x'] }, { name: ['sh'] }], catalogue)).toEqual([
    { type: 'match', field: 'name', operator: 'included', value: 'sh' },
  ]);
  expect(prefillException(['name'], [], catalogue)).toEqual([]);
  expect(prefillException(['name'], [{ name: [''] }], catalogue)).toEqual([]);
});

test('the prefilled exception holds for every event it came from', () => {
  const text = fc.oneof(fc.constantFrom('sh', '*', 'a"b', '$(id)', '\\', 'x\ny', 'é'), fc.string());
  const document = fc.record(
    {
      name: fc.oneof(text, fc.array(text)),
      line: text,
      pid: fc.integer(),
      at: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
      args: fc.array(text),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), (documents) => {
      const flat = documents.map((item) => flatten(item, catalogue));
      const entries = prefillException(
        FIELDS,
        flat.map((item) => eventValues(item, catalogue)),
        catalogue,
      );
      const compiled = compileException(entries, catalogue);
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
      for (const item of flat) expect(evaluateFilter(compiled.value, item, 0)).toBe(true);
    }),
  );
});
