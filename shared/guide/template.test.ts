import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogueOf } from '#shared/event/field.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { fillCommands, fillQuery, templateFields } from './template.ts';

const HOSTILE = ['a" or *:* or "', "x'y", '$(id)', 'C:\\temp\\', 'two\nlines', '{{user.name}}', '$&', '$1', 'é☃', '*'];

test('a template names its fields', () => {
  expect(templateFields('a:{{a.b}} and b:{{ @timestamp }} or c:{{a.b}}')).toEqual(['a.b', '@timestamp']);
});

test('one value becomes a literal, several a list, each once', () => {
  const events = [
    { host: ['web-1'], pid: ['7'] },
    { host: ['web-2', 'web-1'], pid: ['7'] },
  ];
  expect(fillQuery('host:{{host}} and pid:{{pid}}', events)).toEqual({
    kql: 'host:("web-1" or "web-2") and pid:"7"',
    missing: [],
  });
});

test('without a value the query matches nothing, also under a negation, and says why', () => {
  const filled = fillQuery('a:1 and not host:{{host}}', [{ pid: ['7'] }]);
  expect(filled).toEqual({ kql: 'not *:*', missing: ['host'] });
  expect(compileKql(filled.kql, catalogueOf([]))).toMatchObject({
    ok: true,
    value: { expression: { kind: 'not', operand: { kind: 'literal', value: true } } },
  });
});

test('a field whose name is one of JavaScript is only that of the event', () => {
  expect(fillQuery('a:{{constructor}}', [{}]).missing).toEqual(['constructor']);
});

test('hostile values are values', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.oneof(fc.constantFrom(...HOSTILE), fc.string()), { minLength: 2, maxLength: 5 }),
      (values) => {
        const catalogue = catalogueOf([{ name: 'f', type: 'wildcard' }]);
        const { kql } = fillQuery('f:{{f}}', [{ f: values }]);
        expect(compileKql(kql, catalogue)).toMatchObject({
          ok: true,
          value: { expression: { kind: 'any', field: 'f', test: { kind: 'one-of', values } } },
        });
      },
    ),
  );
});

test('hostile values stay inside their word of a command, also within a substitution', () => {
  for (const value of HOSTILE) {
    const { commands } = fillCommands('printf %s "$(printf %s {{f}})"', [{ f: [value] }]);
    expect(commands.map((command) => execFileSync('sh', ['-c', command], { encoding: 'utf8' }))).toEqual([value]);
  }
});

test('commands are filled event by event, each once', () => {
  const events = [
    { pid: ['1'], path: ['/a'] },
    { pid: ['2'], path: ['/b'] },
    { pid: ['1'], path: ['/a'] },
    { pid: ['3'] },
  ];
  expect(fillCommands('ls {{path}} {{pid}}', events)).toEqual({
    commands: ["ls '/a' '1'", "ls '/b' '2'"],
    missing: [],
    more: 0,
  });
  expect(fillCommands('uptime', events)).toEqual({ commands: ['uptime'], missing: [], more: 0 });
  expect(fillCommands('id {{user}}', events)).toEqual({ commands: [], missing: ['user'], more: 0 });
  const many = Array.from({ length: 25 }, (_, index) => ({ pid: [`${index}`] }));
  expect(fillCommands('kill {{pid}}', many)).toMatchObject({ more: 5 });
});
