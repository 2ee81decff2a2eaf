import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseInstant } from '#shared/base/time.ts';
import { flatten } from '#shared/event/document.ts';
import { catalogueOf, type Field } from '#shared/event/field.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import cases from './cases/esql.json' with { type: 'json' };
import { evaluatePlan } from './evaluate.ts';

const groups = z
  .array(
    z.object({
      about: z.string(),
      document: z.record(z.string(), z.unknown()),
      cases: z.array(z.tuple([z.string(), z.unknown()])),
    }),
  )
  .parse(cases);

const fields = (type: Field['type'], ...names: readonly string[]): readonly Field[] =>
  names.map((name) => ({ name, type }));

const catalogue = catalogueOf([
  ...fields('date', '@timestamp'),
  ...fields('boolean', 'yes', 'no', 'none'),
  ...fields('keyword', 'name', 'text', 'path', 'wide', 'tilde', 'args', 'none2'),
  ...fields('long', 'size', 'sizes', 'big', 'least', 'missing', 'none3'),
  ...fields('double', 'half', 'less'),
]);

function resultOf(expression: string, document: unknown): unknown {
  const compiled = compileEsql(`from logs | eval result = ${expression} | keep result`, catalogue);
  if (!compiled.ok) throw new Error(compiled.error.map(({ message }) => message).join('; '));
  const events = [{ number: 1, document: flatten(document, catalogue) }];
  const now = parseInstant('2026-11-21T21:00:00Z') ?? 0;
  return evaluatePlan(compiled.value.plan, events, { now, catalogue }).rows[0]?.['result'];
}

describe.each(groups)('$about', ({ document, cases: expected }) => {
  test.each(expected)('%s', (expression, value) => {
    expect(resultOf(expression, document)).toEqual(value);
  });
});
