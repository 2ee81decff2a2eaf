import { expect, test } from 'vitest';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { checkGuide } from './check-guide.ts';
import type { GuideStep } from './guide.ts';

const step = (members: Partial<GuideStep>): GuideStep => ({
  id: 'one',
  kind: 'investigate',
  title: 'One',
  ask: 'What?',
  detail: '',
  fields: [],
  query: null,
  hints: [],
  conditions: [],
  findings: ['expected'],
  notCovered: null,
  exceptionFields: [],
  commands: [],
  ...members,
});
const query = (kql: string, members: object = {}) => ({
  query: { kql, before: '1d', after: '1h', columns: ['@timestamp'], reading: 'Rows are odd.', ...members },
});
const command = (text: string) => ({ commands: [{ label: 'Do', command: text }] });

const paths = (members: Partial<GuideStep>) =>
  checkGuide({ summary: '', caution: '', steps: [step(members)] }, ECS_PROCESS).map(
    ({ path, severity }) => `${severity} ${path.replace('steps.0.', '')}`,
  );

test.each<[string, Partial<GuideStep>, string[]]>([
  ['nothing is wrong', query('process.name:{{process.name}}'), []],
  ['numbers, dates and addresses as well', query('process.pid:{{process.pid}} and @timestamp >= "2026-01-01"'), []],
  ['a query that does not parse', query('process.name:('), ['error query.kql']],
  ['an unknown placeholder', query('process.name:{{process.nme}}'), ['error query.kql']],
  ['a placeholder in quotation marks', query('process.name:"{{process.name}}"'), ['error query.kql']],
  ['a length that is none', query('process.name:*', { before: 'a week' }), ['error query.before']],
  ['an unknown column', query('process.name:*', { columns: ['nope'] }), ['error query.columns']],
  ['no reading', query('process.name:*', { reading: ' ' }), ['warning query.reading']],
  ['unknown fields', { fields: ['nope'], exceptionFields: ['nay'] }, ['error fields', 'error exceptionFields']],
  ['an unknown hint', { hints: ['moon'] }, ['error hints']],
  [
    'a condition without query and reason',
    { conditions: [{ kql: '', leaning: 'suspicious', reason: '' }] },
    ['error conditions.0.kql', 'error conditions.0.reason'],
  ],
  ['a command', command('ps -p {{process.pid}}'), []],
  ['a value that may be an option', command('cat {{process.executable}}'), ['warning commands.0.command']],
  ['a value within quotes', command('cat -- "{{process.executable}}"'), ['error commands.0.command']],
  ['a value within single quotes', command("cat -- 'a\\' '{{process.executable}}'"), ['error commands.0.command']],
  ['quotes that are closed', command('echo "it\\"s" -- {{process.executable}}'), []],
  ['answers twice', { findings: ['expected', 'expected'] }, ['error findings']],
  ['no title, no question', { title: ' ', ask: '' }, ['error title', 'error ask']],
])('%s', (_, members, wanted) => {
  expect(paths(members)).toEqual(wanted);
});

test('ids are unique', () => {
  const guide = { summary: '', caution: '', steps: [step({}), step({})] };
  expect(checkGuide(guide, ECS_PROCESS)).toEqual([
    { path: 'steps.1.id', severity: 'error', message: 'Another step has this id.' },
  ]);
});
