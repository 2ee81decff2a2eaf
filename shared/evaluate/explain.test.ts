import { expect, test } from 'vitest';
import { flatten } from '#shared/event/document.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { explain, explainRow } from './explain.ts';
import type { ExplainedClause } from './explained-clause.ts';
import { decidingLeaves } from './why.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

function kql(text: string): Expression {
  const compiled = compileKql(text, ECS_PROCESS);
  if (!compiled.ok) throw new Error(compiled.error.map(({ message }) => message).join('; '));
  return compiled.value.expression;
}

function esql(condition: string): { readonly where: Expression; readonly text: string } {
  const text = `from logs | where ${condition}`;
  const compiled = compileEsql(text, ECS_PROCESS);
  if (!compiled.ok) throw new Error(compiled.error.map(({ message }) => message).join('; '));
  const filter = compiled.value.plan.steps.find((step) => step.kind === 'filter');
  if (!filter) throw new Error('no filter');
  return { where: filter.where, text };
}

/** A tree as indented lines: outcome, text, and of leaves what they saw. */
const lines = (clause: ExplainedClause, depth = 0): readonly string[] => [
  `${'  '.repeat(depth)}${clause.outcome} ${clause.operator === 'leaf' ? '' : `${clause.operator} `}«${clause.text}»${
    clause.field === null ? '' : ` ${clause.field}=[${clause.saw.join(' | ')}]`
  }`,
  ...clause.children.flatMap((child) => lines(child, depth + 1)),
];

const QUERY = `process.parent.name:(nginx or php-*) and not user.name:(root or "deploy")
  and process.args:-c`;

test('a KQL filter shows its clauses as written, with what each saw', () => {
  const document = { process: { parent: { name: 'php-fpm' }, args: ['sh', '-c', 'id'] } };
  expect(lines(explain(kql(QUERY), flatten(document, ECS_PROCESS), { now: NOW, text: QUERY }))).toEqual([
    `pass and «${QUERY}»`,
    '  pass or «process.parent.name:(nginx or php-*)»',
    '    fail «nginx» process.parent.name=[php-fpm]',
    '    pass «php-*» process.parent.name=[php-fpm]',
    '  pass not «not user.name:(root or "deploy")»',
    '    fail «user.name:(root or "deploy")» user.name=[]',
    '  pass «process.args:-c» process.args=[-c]',
  ]);
});

test('an ES|QL filter tells what is not known, and times in ISO 8601', () => {
  const { where, text } = esql(
    '@timestamp > now() - 1 hours and not (process.working_directory like "/home/*") and event.action == "exec"',
  );
  const document = { '@timestamp': '2026-11-21T11:30:00Z', event: { action: ['fork', 'exec'] } };
  expect(lines(explain(where, flatten(document, ECS_PROCESS), { now: NOW, text }))).toEqual([
    expect.stringMatching(/^null and /),
    '  pass «@timestamp > now() - 1 hours» @timestamp=[2026-11-21T11:30:00.000Z]',
    expect.stringMatching(/^ {2}null not /),
    expect.stringMatching(
      /^ {4}null «.*process.working_directory like "\/home\/\*".*» process.working_directory=\[\]$/,
    ),
    '  null «event.action == "exec"» event.action=[exec | fork]',
  ]);
});

test('without the text clauses show as printed', () => {
  const [top] = lines(explain(kql('process.pid > 5'), flatten({ process: { pid: 7 } }, ECS_PROCESS), { now: NOW }));
  expect(top).toBe('pass «any process.pid > 5» process.pid=[7]');
});

test('a condition on several columns of a row names the others', () => {
  const column = (name: string): Expression => ({ kind: 'column', name, type: 'long' });
  const condition: Expression = { kind: 'compare', operator: '<', left: column('cc'), right: column('limit') };
  const row = new Map([
    ['cc', 3],
    ['limit', 5],
  ]);
  expect(explainRow(condition, row, { now: NOW })).toMatchObject({
    outcome: 'pass',
    field: 'cc',
    saw: ['3', 'limit: 5'],
  });
});

const deciding = (text: string, document: object): readonly string[] =>
  decidingLeaves(explain(kql(text), flatten(document, ECS_PROCESS), { now: NOW, text })).map(
    (leaf) => `${leaf.outcome} ${leaf.text} [${leaf.saw.join(' | ')}]`,
  );

test.each<[string, string, object, readonly string[]]>([
  [
    'all of an and',
    'process.name:a and process.pid:1',
    { process: { name: 'a', pid: 1 } },
    ['pass process.name:a [a]', 'pass process.pid:1 [1]'],
  ],
  [
    'the first that passed of an or',
    'process.name:b or process.pid:1 or process.name:a',
    { process: { name: 'a', pid: 1 } },
    ['pass process.pid:1 [1]'],
  ],
  [
    'an exclusion of one clause',
    'process.name:a and not process.pid:2',
    { process: { name: 'a', pid: 1 } },
    ['pass process.name:a [a]', 'pass not process.pid:2 [1]'],
  ],
  [
    'nothing of a list of exclusions',
    'process.name:a and not (process.pid:2 or process.name:b)',
    { process: { name: 'a' } },
    ['pass process.name:a [a]'],
  ],
  [
    'the first that failed of an and',
    'process.name:a and process.pid:2 and process.pid:3',
    { process: { name: 'a', pid: 1 } },
    ['fail process.pid:2 [1]'],
  ],
  [
    'all of an or that failed',
    'process.name:b or process.pid:2',
    { process: { name: 'a', pid: 1 } },
    ['fail process.name:b [a]', 'fail process.pid:2 [1]'],
  ],
  [
    'what an exclusion met',
    'process.name:a and not (process.pid:2 or process.pid:1)',
    { process: { name: 'a', pid: 1 } },
    ['pass process.pid:1 [1]'],
  ],
])('why: %s', (_, text, document, expected) => {
  expect(deciding(text, document)).toEqual(expected);
});
