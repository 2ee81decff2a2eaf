import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE } from '#shared/base/time.ts';
import { flatten } from '#shared/event/document.ts';
import { catalogueOf } from '#shared/event/field.ts';
import type { Step, Ticks } from '#shared/plan/plan.ts';
import { valuesOf } from '#shared/plan/value.ts';
import { evaluatePlan } from './evaluate.ts';

const catalogue = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'name', type: 'keyword' },
  { name: 'host', type: 'keyword' },
]);

const T0 = Date.parse('2026-11-21T10:00:00Z');
const at = (minute: number): number => T0 + minute * MINUTE;

const step = (ticks: Ticks, fields: readonly string[] = ['name'], history = 60): Step => ({
  kind: 'new-terms',
  fields,
  ticks,
  window: 10 * MINUTE,
  history: history * MINUTE,
  time: { kind: 'single', of: { kind: 'column', name: '@timestamp', type: 'datetime' } },
});

const once = (minute: number): Ticks => ({ first: at(minute), last: at(minute), interval: MINUTE });

/** Rows as `tick: terms first..last events`, times in minutes. */
function found(plan: Step, documents: readonly object[]): readonly string[] {
  const events = documents.map((document, index) => ({ number: index, document: flatten(document, catalogue) }));
  const { columns, rows } = evaluatePlan({ steps: [plan] }, events, { now: at(0), catalogue });
  const minute = (value: unknown): number => (Number(value) - T0) / MINUTE;
  return rows.map((row) => {
    const terms = columns.filter(({ name }) => !name.startsWith('$')).map(({ name }) => row[name]);
    const events = valuesOf(row['$events']).join(',');
    return `${minute(row['$tick'])}: ${terms.join('+')} ${minute(row['$first'])}..${minute(row['$last'])} [${events}]`;
  });
}

const event = (minute: number, name: unknown, host?: unknown): object => ({ '@timestamp': at(minute), name, host });

test.each<[string, readonly object[], readonly string[]]>([
  ['first seen inside the window', [event(95, 'a')], ['100: a 95..95 [0]']],
  ['first seen exactly at its start is a candidate, but not new', [event(90, 'a')], []],
  [
    'first seen just after its start',
    [{ '@timestamp': at(90) + 1, name: 'a' }],
    ['100: a 90.00001666666667..90.00001666666667 [0]'],
  ],
  ['seen exactly at its end', [event(100, 'a')], ['100: a 100..100 [0]']],
  ['seen after its end', [event(101, 'a')], []],
  ['seen before, in history', [event(50, 'a'), event(95, 'a')], []],
  ['seen exactly at the start of history', [event(40, 'a'), event(95, 'a')], []],
  ['seen only before history', [event(39, 'a'), event(95, 'a')], ['100: a 95..95 [1]']],
  ['seen at the start of the window and later', [event(90, 'a'), event(95, 'a')], []],
  ['all its events of the window', [event(99, 'a'), event(92, 'a'), event(99, 'a')], ['100: a 92..99 [0,1,2]']],
  ['without the field', [event(95, null)], []],
  ['without a time', [{ name: 'a' }, { '@timestamp': [at(95), at(96)], name: 'a' }], []],
  ['several values are several terms', [event(95, ['b', 'a', 'b'])], ['100: a 95..95 [0]', '100: b 95..95 [0]']],
])('%s', (_, documents, expected) => {
  expect(found(step(once(100)), documents)).toEqual(expected);
});

test('combinations of several fields, rows lacking one skipped, sorted by first event and then by terms', () => {
  const documents = [
    event(50, 'a', 'x'),
    event(99, 'a', ['x', 'y']),
    event(95, ['b', 'a'], 'z'),
    event(96, 'c'),
    event(96, null, 'x'),
  ];
  expect(found(step(once(100), ['name', 'host']), documents)).toEqual([
    '100: a+z 95..95 [2]',
    '100: b+z 95..95 [2]',
    '100: a+y 99..99 [1]',
  ]);
});

test('overlapping runs report a term again as long as it is new to them', () => {
  const ticks = { first: at(90), last: at(110), interval: 5 * MINUTE };
  expect(found(step(ticks), [event(93, 'a'), event(101, 'a')])).toEqual(['95: a 93..93 [0]', '100: a 93..93 [0]']);
});

test('what a term was once forgotten is new again', () => {
  const ticks = { first: at(10), last: at(80), interval: 10 * MINUTE };
  expect(found(step(ticks, ['name'], 30), [event(5, 'a'), event(75, 'a')])).toEqual([
    '10: a 5..5 [0]',
    '80: a 75..75 [1]',
  ]);
});

test('the runs that report an event as the first of its term are those of the closed form', () => {
  const times = fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(times, fc.integer({ min: 10, max: 40 }), (minutes, history) => {
      const sorted = minutes.toSorted((a, b) => a - b);
      const ticks = { first: at(-5), last: at(75), interval: MINUTE };
      const expected: string[] = [];
      for (let tick = -5; tick <= 75; tick += 1) {
        sorted.forEach((minute, index) => {
          const before = sorted[index - 1] ?? Number.NEGATIVE_INFINITY;
          if (minute <= tick && minute > tick - 10 && before < tick - history) expected.push(`${tick}: ${minute}`);
        });
      }
      const rows = found(
        step(ticks, ['name'], history),
        sorted.map((minute) => event(minute, 'a')),
      );
      expect(rows.map((row) => row.replace(/^(-?\d+): a (\d+)\.\..*$/, '$1: $2'))).toEqual(expected);
    }),
  );
});
