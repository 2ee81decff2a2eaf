import { expect, test } from 'vitest';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import type { ExceptionEntry, ExceptionStage } from './item.ts';
import { type LintContext, lintException } from './lint.ts';

const columns: readonly ResultColumn[] = [
  { name: 'cc', type: 'long' },
  { name: 'host.name', type: 'string' },
  { name: 'process.command_line', type: 'string' },
];
const counting: LintContext = {
  catalogue: ECS_PROCESS,
  columns,
  groupingKeys: ['process.command_line', 'process.working_directory', 'process.parent.executable'],
};
const plain: LintContext = { ...counting, groupingKeys: null };

const codes = (entries: readonly ExceptionEntry[], context = plain, stage: ExceptionStage = 'event') =>
  lintException({ stage, entries }, context).map(({ code }) => code);

const is = (field: string, value: string, operator: 'included' | 'excluded' = 'included'): ExceptionEntry => ({
  type: 'match',
  field,
  operator,
  value,
});
const matches = (field: string, value: string): ExceptionEntry => ({
  type: 'wildcard',
  field,
  operator: 'included',
  value,
});
const oneOf = (field: string, ...value: string[]): ExceptionEntry => ({
  type: 'match_any',
  field,
  operator: 'included',
  value,
});

const LINE = is('process.command_line', 'sh -c /opt/app/run');

test.each<[string, readonly ExceptionEntry[], readonly string[]]>([
  ['a command line', [LINE], []],
  ['a command line on a host', [LINE, is('host.name', 'web-1')], []],
  ['an unknown field', [is('process.nmae', 'x')], ['unknown-field']],
  ['a number that is none', [is('process.pid', 'x'), LINE], ['invalid-value']],
  ['a pattern on a number', [matches('process.pid', '1*'), LINE], ['wildcard-on-type']],
  ['a literal star', [is('process.name', 'php*')], ['literal-wildcard']],
  ['a literal question mark in a list', [oneOf('process.name', 'a', 'b?')], ['literal-wildcard']],
  ['one of several arguments', [oneOf('process.args', 'sh', '-c', 'id')], ['any-element', 'lone-argument']],
  ['one argument', [is('process.args', 'id')], ['lone-argument']],
  ['a host alone', [is('host.name', 'web-1')], ['too-broad']],
  ['a user and a host alone', [is('user.name', 'www-data'), oneOf('host.name', 'a', 'b')], ['too-broad']],
  ['a user with a negation', [is('user.name', 'www-data'), is('process.name', 'sh', 'excluded')], ['too-broad']],
  ['negations only', [is('process.name', 'sh', 'excluded')], ['only-negations']],
  ['a pattern for everything', [matches('process.name', '**')], ['matches-any-value']],
  ['a stray backslash', [matches('process.name', String.raw`a\d*`)], ['stray-backslash']],
  ['a value that is too long', [is('process.name', 'x'.repeat(1025))], ['too-long']],
  ['a long command line', [is('process.command_line', 'x'.repeat(5000))], []],
  ['existence', [{ type: 'exists', field: 'container.id', operator: 'included' }], []],
])('%s', (_, entries, expected) => {
  expect(codes(entries)).toEqual(expected);
});

test('leaving out events by what a rule does not group by changes its counts', () => {
  expect(codes([LINE], counting)).toEqual([]);
  expect(codes([is('process.command_line.caseless', 'x')], counting)).toEqual([]);
  expect(codes([LINE, is('agent.id', 'a-1')], counting)).toEqual(['changes-counts']);
  expect(codes([LINE, is('agent.id', 'a-1')], plain)).toEqual([]);
});

test('the stage must have the field', () => {
  expect(codes([is('cc', '1')])).toEqual(['computed-column']);
  expect(codes([is('cc', '1'), LINE], counting, 'result')).toEqual([]);
  expect(codes([is('user.name', 'x'), LINE], counting, 'result')).toEqual(['unknown-column']);
  expect(codes([is('cc', 'many'), LINE], counting, 'result')).toEqual(['invalid-value']);
});

test('an unknown field comes with near names', () => {
  const [diagnostic] = lintException({ stage: 'event', entries: [is('proces.name', 'sh')] }, plain);
  expect(diagnostic).toMatchObject({ severity: 'error', remedy: expect.stringMatching(/^Did you mean process\.name/) });
});
