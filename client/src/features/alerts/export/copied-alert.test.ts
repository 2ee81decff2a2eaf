import { expect, test } from 'vitest';
import { alert } from '#client/testing/factories.ts';
import { copyOf } from './copied-alert.ts';

const hostile = alert({
  commandLine: '=cmd|"x"!A1 <b>http://evil.com/`a`',
  hosts: ['shop4'],
  parentExecutable: null,
  workingDirectory: null,
});

test('queries quote what an attacker wrote', () => {
  expect(copyOf('kql', [hostile], false)).toBe(
    'process.command_line: "=cmd|\\"x\\"!A1 <b>http://evil.com/`a`" and host.name: "shop4"',
  );
  expect(copyOf('esql', [hostile], false)).toMatch(/^FROM logs-\* \| WHERE process\.command_line == "=cmd\|\\"x\\"/);
});

test('no cell begins a formula, no cell is markup', () => {
  expect(copyOf('csv', [hostile], false)).toContain(`"'=cmd|""x""!A1`);
  const [, , row] = copyOf('markdown', [hostile], false).split('\n');
  expect(row).toContain(String.raw`=cmd\|"x"\!A1 \<b\>`);
  expect(row?.split(/(?<!\\)\|/)).toHaveLength(13);
});

test('addresses are defanged on demand', () => {
  expect(copyOf('json', [hostile], true)).toContain('hxxp[:]//evil[.]com');
});

test('several alerts are alternatives', () => {
  const two = [alert({ commandLine: 'id' }), alert({ commandLine: 'ls' })];
  expect(copyOf('kql', two, false)).toMatch(/^\(.*"id".*\) or \(.*"ls".*\)$/);
});
