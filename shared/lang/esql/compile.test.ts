import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { nearNames } from '#shared/lang/esql/lower/near-names.ts';
import { esqlLiteral, esqlName } from '#shared/lang/esql/syntax/literal.ts';
import { parser } from '#shared/lang/esql/syntax/parser.generated.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import { compileEsql } from './compile.ts';

function compile(query: string) {
  const compiled = compileEsql(query, ECS_PROCESS);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value;
}

function conditionOf(query: string): Expression {
  const [step] = compile(query).plan.steps;
  if (step?.kind !== 'filter') throw new Error(`no filter in ${query}`);
  return step.where;
}

test('index patterns are handed back as they are meant', () => {
  const { indices } = compile('from logs-endpoint.events.process-*, "a, b", remote:x-*, -old* | limit 1');
  expect(indices).toEqual(['logs-endpoint.events.process-*', 'a, b', 'remote:x-*', '-old*']);
});

test('expressions know where they stand in the query', () => {
  const query = 'from a | where user.id == "0" and (kql("user.name: x") or process.pid in (1, 2)) | limit 1';
  const texts: string[] = [];
  visitExpression(conditionOf(query), ({ span }) => span && texts.push(query.slice(span.from, span.to)));
  expect(texts).toEqual([
    'user.id == "0" and (kql("user.name: x") or process.pid in (1, 2))',
    ...['user.id == "0"', 'user.id', 'user.id', '"0"'],
    'kql("user.name: x") or process.pid in (1, 2)',
    ...['user.name: x', 'process.pid in (1, 2)', 'process.pid', 'process.pid', '1', '2'],
  ]);
});

test('a query without LIMIT has the language’s own, and says so', () => {
  const { plan, warnings } = compile('from a | keep user.id');
  expect(plan.steps.at(-1)).toEqual({ kind: 'limit', count: 1000 });
  expect(warnings.map(({ code }) => code)).toEqual(['no-limit']);
});

test('a literal means exactly its text, and nothing of it is read as a query', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('"', '\\', '\n', '\r', '\t', '*', '| drop x', '"""', '//', '/*', '`', 'é', '\u2028'))
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(hostile, (value) => {
      const condition = conditionOf(`from a | where user.id == ${esqlLiteral(value)} | limit 1`);
      expect(condition).toMatchObject({ kind: 'compare', right: { kind: 'literal', type: 'string', value } });
    }),
  );
});

test('a quoted name is the column of that name', () => {
  const { columns } = compile(`from a | eval ${esqlName('a`b | c.d')} = 1 | keep ${esqlName('a`b | c.d')} | limit 1`);
  expect(columns).toEqual([{ name: 'a`b | c.d', type: 'long' }]);
});

test('near names come best first', () => {
  expect(nearNames('process.nme', ['host.name', 'process.name', 'process.user.name', 'x'])).toEqual([
    'process.name',
    'process.user.name',
  ]);
});

test('an editor can colour a query', () => {
  const query = 'from a | where user.id == "0" and length(user.name) > 1h // note';
  const coloured: string[] = [];
  const highlighter = tagHighlighter(
    Object.entries(tags).flatMap(([name, tag]) => (typeof tag === 'function' ? [] : [{ tag, class: name }])),
  );
  highlightTree(parser.parse(query), highlighter, (from, to, name) =>
    coloured.push(`${query.slice(from, to)}:${name}`),
  );
  expect(coloured).toEqual([
    ...['from:keyword', 'a:namespace', '|:separator', 'where:keyword'],
    ...['user:propertyName', 'id:propertyName', '==:compareOperator', '"0":string', 'and:logicOperator'],
    ...['length:variableName', '(:paren', 'user:propertyName', 'name:propertyName', '):paren'],
    ...['>:compareOperator', '1:number', 'h:unit', '// note:lineComment'],
  ]);
});
