import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { parseInstant } from '#shared/base/time.ts';
import { callFunction } from './functions.ts';
import { collectWarnings } from './warnings.ts';

const instant = (text: string): number => must(parseInstant(text), text);

function difference(unit: string, from: string, to: string) {
  const warnings = collectWarnings();
  const node = { kind: 'call', name: 'date_diff', type: 'long', args: [] } as const;
  const value = callFunction(node, [unit, instant(from), instant(to)], warnings);
  return { value, warnings: warnings.list().length };
}

test.each([
  ['month', '2026-01-31T12:00:00Z', '2026-02-28T12:00:00Z', 0],
  ['month', '2026-01-28T12:00:00Z', '2026-02-28T12:00:00Z', 1],
  ['months', '2026-01-28T12:00:00Z', '2026-02-28T11:59:59Z', 0],
  ['mm', '2026-02-28T12:00:00Z', '2026-01-28T12:00:00Z', -1],
  ['mm', '2026-02-28T12:00:00Z', '2026-01-28T12:00:01Z', 0],
  ['quarters', '2026-01-01', '2026-12-31', 3],
  ['yyyy', '1969-12-31T23:00:00Z', '1971-01-01', 1],
  ['weeks', '2026-01-01', '2026-01-14T23:59:59Z', 1],
  ['Days', '2026-01-03', '2026-01-01', -2],
  ['microseconds', '2026-01-01', '2026-01-01T00:00:01Z', 1_000_000],
])('%s from %s to %s', (unit, from, to, expected) => {
  expect(difference(unit, from, to)).toEqual({ value: expected, warnings: 0 });
});

test('an unknown unit and too many nanoseconds are null with a warning', () => {
  expect(difference('fortnight', '2026-01-01', '2026-02-01')).toEqual({ value: null, warnings: 1 });
  expect(difference('ns', '0001-01-01', '2026-01-01')).toEqual({ value: null, warnings: 1 });
});
