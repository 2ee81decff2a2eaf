import { expect, test } from 'vitest';
import type { Expression } from '#shared/plan/expression.ts';
import { collectWarnings, warningMessage } from './warnings.ts';

const TEXT = 'from logs\n| where event.action == "exec"';
const column: Expression = {
  kind: 'column',
  name: 'event.action',
  type: 'string',
  span: { from: TEXT.indexOf('event.action'), to: TEXT.indexOf(' ==') },
};
const single: Expression = { kind: 'single', of: column };

test('a warning names line, column and text of the query', () => {
  expect(warningMessage(single, 'multi-value', TEXT)).toBe(
    'Line 2:9: evaluation of [event.action] failed, treating result as null: single-value function encountered multi-value',
  );
});

test('without the query it names the printed expression', () => {
  expect(warningMessage(single, 'multi-value')).toBe(
    'evaluation of [event.action] failed, treating result as null: single-value function encountered multi-value',
  );
});

test('rows are counted, not failures, and each message on its own', () => {
  const warnings = collectWarnings(TEXT);
  warnings.nextRow();
  warnings.add(single, 'multi-value');
  warnings.add(single, 'multi-value');
  warnings.nextRow();
  warnings.add(single, 'multi-value');
  warnings.add(single, 'overflow');
  expect(warnings.list().map(({ rows }) => rows)).toEqual([2, 1]);
});
