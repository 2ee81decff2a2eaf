import { expect, test } from 'vitest';
import { flatten } from './document.ts';
import { ECS_PROCESS } from './ecs.ts';
import { catalogueOf, type Field } from './field.ts';
import { WrittenNumber } from './written-number.ts';

const catalogue = catalogueOf([
  { name: '@timestamp', type: 'date' },
  { name: 'process.parent.name', type: 'keyword', ignoreAbove: 4 },
  { name: 'process.args', type: 'keyword', many: true },
  { name: 'command', type: 'wildcard' },
  { name: 'size', type: 'long' },
  { name: 'load', type: 'double' },
  { name: 'interactive', type: 'boolean' },
  { name: 'address', type: 'ip' },
  { name: 'note', type: 'text' },
] satisfies Field[]);

const flat = (document: unknown): Record<string, unknown> => Object.fromEntries(flatten(document, catalogue));

test.each<[string, unknown, Record<string, unknown>]>([
  ['nested', { process: { parent: { name: 'sh' } } }, { 'process.parent.name': ['sh'] }],
  ['dotted', { 'process.parent.name': 'sh' }, { 'process.parent.name': ['sh'] }],
  ['dotted at the end', { process: { 'parent.name': 'sh' } }, { 'process.parent.name': ['sh'] }],
  ['dotted at the beginning', { 'process.parent': { name: 'sh' } }, { 'process.parent.name': ['sh'] }],
  [
    'several of these at once',
    { 'process.parent.name': 'b', 'process.parent': { name: 'a' }, process: { parent: { name: 'c' } } },
    { 'process.parent.name': ['a', 'b', 'c'] },
  ],
  [
    'objects in arrays',
    { process: [{ parent: [{ name: 'b' }, { name: 'a' }] }] },
    { 'process.parent.name': ['a', 'b'] },
  ],
  ['arrays in arrays', { process: { args: [['b', ['a']], 'b'] } }, { 'process.args': ['a', 'b'] }],
  ['nulls', { process: { args: [null, 'a', null], parent: null } }, { 'process.args': ['a'] }],
  ['nothing but nulls', { process: { args: [null], parent: { name: null } } }, {}],
  ['an empty array', { process: { args: [] } }, {}],
  ['an empty text', { command: '' }, { command: [''] }],
  ['an object for a value', { command: { line: 'x' } }, {}],
  ['a value for an object', { process: 'sh' }, {}],
  ['unknown members', { other: 1, process: { other: { name: 'x' } } }, {}],
  ['names that only look alike', { 'process.': { 'parent.name': 'x' }, '': { command: 'x' }, '.command': 'x' }, {}],
  ['inherited names', { constructor: { name: 'x' }, ['__proto__']: { command: 'x' } }, {}],
])('%s', (_, document, expected) => {
  expect(flat(document)).toEqual(expected);
});

test.each<[string, unknown, unknown[] | undefined]>([
  ['process.args', ['b', 'a', 'b'], ['a', 'b']],
  ['process.args', [33, true, 'x', 33], ['33', 'true', 'x']],
  ['process.args', ['\u{1F600}', '\uFF5E', 'é', 'z'], ['z', 'é', '\uFF5E', '\u{1F600}']],
  ['process.parent.name', 'abcd', ['abcd']],
  ['process.parent.name', 'abcde', undefined],
  ['process.parent.name', ['abcde', 'abc'], ['abc']],
  ['process.parent.name', '\u{1F600}\u{1F600}', ['\u{1F600}\u{1F600}']],
  ['process.parent.name', '\u{1F600}\u{1F600}x', undefined],
  ['command', ['b', 'a', 'b'], ['a', 'b']],
  ['command', ['\ud83d', '\ude00x', '\u{1F600}'], ['\ufffd', '\ufffdx', '\u{1F600}']],
  ['note', ['b', 'a', 'b'], ['a', 'b']],
  ['size', 12, [12]],
  ['size', -1.9, [-1]],
  ['size', -0.5, [0]],
  ['size', ['9', '8', 9], [8, 9, 9]],
  ['size', '12.9', [12]],
  ['size', '+7', [7]],
  ['size', '1e3', [1000]],
  ['size', new WrittenNumber('1e3'), [1000]],
  ['size', new WrittenNumber('1.50'), [1]],
  ['size', '9007199254740993', [9007199254740993n]],
  ['size', '9223372036854775807', [9223372036854775807n]],
  ['size', '9223372036854775808', undefined],
  ['size', 1e300, undefined],
  ['size', ['', ' 1', '0x10', 'NaN', '.', '-'], undefined],
  ['size', true, undefined],
  ['load', ['2.50', 1, 1], [1, 1, 2.5]],
  ['load', '1e999', undefined],
  ['load', 'Infinity', undefined],
  ['interactive', ['true', false, 'false', true], [false, false, true, true]],
  ['interactive', [1, 'yes', 'TRUE', ' '], undefined],
  ['interactive', ['true', ''], [false, true]],
  ['@timestamp', '2026-11-21T02:00:00.1239+02:00', [1795219200123]],
  ['@timestamp', [1795219200123.9, '1795219200000'], [1795219200000, 1795219200123]],
  ['@timestamp', ['yesterday', '', '2026-02-30', true, 1e300], undefined],
  ['address', ['10.0.0.9', '10.0.0.10', '0::1', '::1', '::ffff:10.0.0.9'], ['::1', '10.0.0.9', '10.0.0.10']],
  ['address', 'FE80::1%eth0', ['fe80::1']],
  ['address', ['no address', '010.0.0.1', ''], undefined],
  ['address', [10, false], undefined],
])('%s of %j', (field, value, expected) => {
  expect(flat({ [field]: value })[field]).toEqual(expected);
});

test.each([[null], ['text'], [[{ command: 'x' }]], [1]])('%j is no document', (document) => {
  expect(flat(document)).toEqual({});
});

test('documents nested 100,000 deep are read', () => {
  const depth = 100_000;
  const arrays = JSON.parse(`{"command": ${'['.repeat(depth)}"deep"${']'.repeat(depth)}}`);
  const objects = JSON.parse(`${'{"process":'.repeat(depth)}1${'}'.repeat(depth)}`);
  expect(flat(arrays)).toEqual({ command: ['deep'] });
  expect(flat(objects)).toEqual({});
});

test('a user id is text, whatever the sender wrote', () => {
  expect(flatten({ user: { id: 33 } }, ECS_PROCESS).get('user.id')).toEqual(['33']);
});
