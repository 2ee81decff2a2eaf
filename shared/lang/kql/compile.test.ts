import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { compileKql } from './compile.ts';

function compiled(text: string): Expression {
  const result = compileKql(text, ECS_PROCESS);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.expression;
}

test('plain values of one list are one test, in which the patterns keep their place', () => {
  expect(compiled('process.name:(sh or bash or *.cgi or dash)')).toEqual({
    kind: 'or',
    operands: [
      {
        kind: 'any',
        field: 'process.name',
        type: 'string',
        test: { kind: 'one-of', values: ['sh', 'bash', 'dash'] },
        span: { from: 14, to: 41 },
      },
      {
        kind: 'any',
        field: 'process.name',
        type: 'string',
        test: { kind: 'like', pattern: [{ wildcard: 'many' }, '.cgi'] },
        span: { from: 28, to: 33 },
      },
    ],
    span: { from: 0, to: 42 },
  });
});

test('a lower-cased sub-field asks the field it belongs to', () => {
  expect(compiled('process.name.caseless:CURL')).toMatchObject({
    kind: 'any',
    field: 'process.name',
    caseless: true,
    test: { kind: 'equals', value: 'curl' },
  });
});

test('an unknown field warns with the names that are near', () => {
  const result = compileKql('proces.name:sh', ECS_PROCESS);
  expect(result.ok && result.value.warnings).toEqual([
    {
      code: 'unknown-field',
      severity: 'warning',
      message: 'No field is named proces.name, so that this matches nothing.',
      remedy: expect.stringMatching(/^Did you mean process\.name/),
      span: { from: 0, to: 11 },
    },
  ]);
});

test('all mistakes of meaning are told at once', () => {
  const result = compileKql('process.pid:x and @timestamp > soon and host.ip:1', ECS_PROCESS);
  expect(result.ok ? [] : result.error.map(({ span }) => span?.from)).toEqual([12, 31, 48]);
});

test('a blank in a pattern on a command line is told, with the way around it', () => {
  const result = compileKql('process.command_line:*-c *', ECS_PROCESS);
  expect(result.ok && result.value.warnings[0]).toMatchObject({
    code: 'blank-in-pattern',
    remedy: expect.stringContaining('process.command_line.caseless'),
    span: { from: 21, to: 26 },
  });
});

test('the shipped new-terms rule compiles without a word, each parent clause a leaf of its own', () => {
  const file = new URL('../../../rules/unusual-child-execution-via-web-server/rule.toml', import.meta.url);
  const { rule } = z.object({ rule: z.object({ query: z.string() }) }).parse(parse(readFileSync(file, 'utf8')));
  const result = compileKql(rule.query, ECS_PROCESS);
  expect(result).toMatchObject({ ok: true, value: { warnings: [], expression: { kind: 'and' } } });
});

test('one field is told about once, however many values it is asked for', () => {
  const result = compileKql('nowhere:(a or b or c)', ECS_PROCESS);
  expect(result.ok && result.value.warnings).toHaveLength(1);
});
