import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NEW_CHILD, RARE_COMMAND, shellEvent } from '#server/rules/testing/rules.ts';
import { type ExplainSubject, explain } from './explain.ts';
import { readSubject } from './explain-subject.ts';

const RULES = fileURLToPath(new URL('../../rules', import.meta.url));
const TIME = '2026-03-01T09:30:00.000Z';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-explain-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(subject: ExplainSubject, rule = RARE_COMMAND, json = true): Promise<string> {
  const events = [
    shellEvent('e1', TIME),
    shellEvent('e2', TIME, { 'process.name': 'ls\u001b[31m', 'process.command_line': 'ls' }),
    shellEvent('e3', TIME, { 'event.id': null, 'process.command_line': 'sh -c b' }),
  ];
  await writeFile(join(folder, 'events.ndjson'), `\n${events.map((event) => JSON.stringify(event)).join('\n')}\n`);
  const out = new PassThrough();
  const printed = text(out);
  await explain(
    { file: 'events.ndjson', rule, subject, at: null, json },
    {
      out,
      err: new PassThrough(),
      folder,
      rulesFolder: RULES,
      memoryLimit: '1GB',
      now: () => 0,
      signal: new AbortController().signal,
    },
  );
  out.end();
  return printed;
}

const fateOf = async (subject: ExplainSubject, rule?: string): Promise<string> =>
  (JSON.parse(await run(subject, rule)) as { fate: string }).fate;

test('an event by its id, by its line, and a group by its keys', async () => {
  expect(await fateOf({ kind: 'event', id: 'e1' })).toBe('alerts');
  expect(await fateOf({ kind: 'line', line: 3 })).toBe('no-match');
  expect(await fateOf({ kind: 'line', line: 4 })).toBe('alerts');
  expect(await fateOf({ kind: 'keys', keys: { 'process.command_line': 'sh -c id' } })).toBe('alerts');
  expect(await fateOf({ kind: 'event', id: 'e1' }, NEW_CHILD)).toBe('no-match');
}, 30_000);

test('for a person: in words, in a plain text that no terminal obeys', async () => {
  const shown = await run({ kind: 'event', id: 'e2' }, RARE_COMMAND, false);
  expect(shown).toMatch(/^DOES NOT MATCH {2}It does not meet process\.name in/);
  expect(shown).toContain('saw ls\\u001b[31m');
  expect(shown).not.toContain('\u001b');
});

test('a rule by its file, over fields that only it knows', async () => {
  const rule = [
    'rule_id = "1"',
    'name = "One"',
    'description = ""',
    'severity = "low"',
    'risk_score = 1',
    'type = "query"',
  ];
  await writeFile(
    join(folder, 'own_rule.toml'),
    `[rule]\n${rule.join('\n')}\nquery = "user.id:33 and not okta.actor.id:*"\n`,
  );
  expect(await fateOf({ kind: 'event', id: 'e2' }, 'own_rule.toml')).toBe('alerts');
});

test.each([
  [{ kind: 'event', id: 'gone' } as const, RARE_COMMAND, 'The event gone is not among the events of the file.'],
  [{ kind: 'line', line: 1 } as const, RARE_COMMAND, 'There is no record on line 1'],
  [{ kind: 'event', id: 'e1' } as const, 'nope', 'There is no rule nope'],
  [{ kind: 'event', id: 'e1' } as const, 'nope.toml', 'nope.toml: there is no such file'],
])('%j by %s is answered with what is wrong', async (subject, rule, message) => {
  await expect(run(subject, rule)).rejects.toThrow(message);
});

test('exactly one thing is explained', () => {
  const given = { rule: 'r', key: [], json: false };
  expect(readSubject({ ...given, key: ['a=b=c'] })).toEqual({ kind: 'keys', keys: { a: 'b=c' } });
  expect(() => readSubject(given)).toThrow('Give one of');
  expect(() => readSubject({ ...given, event: 'e', line: '1' })).toThrow('Give one of');
  expect(() => readSubject({ ...given, line: '0' })).toThrow('no number');
  expect(() => readSubject({ ...given, key: ['a'] })).toThrow('field=value');
});
