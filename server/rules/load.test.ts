import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadRules } from './load.ts';

const RULE = `
[rule]
rule_id = "1"
name = "One"
description = "One."
type = "new_terms"
language = "kuery"
query = "event.action:exec"
severity = "low"
risk_score = 21
[rule.new_terms]
field = "new_terms_fields"
value = ["host.id"]
[[rule.new_terms.history_window_start]]
field = "history_window_start"
value = "now-7d"
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-rules-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

test('a folder is a rule with what lies beside it', async () => {
  await put('one/rule.toml', RULE);
  await put(
    'one/guide.toml',
    `summary = "a\nb"\ncaution = ""\n[[steps]]\nid = "x"\nkind = "respond"\ntitle = ""\nask = ""\ndetail = ""`.replace(
      '"a\nb"',
      '"""\na\nb\n"""',
    ),
  );
  await put(
    'one/cases.yaml',
    "events: {e: &e {host.id: h}}\ncases: [{name: n, because: b, at: '2026-01-01', events: [{<<: *e, event.id: 1}], alerts: []}]",
  );
  const { rules, broken } = await loadRules(folder);
  expect(broken).toEqual([]);
  expect(rules).toHaveLength(1);
  expect(rules[0]?.rule.slug).toBe('one');
  expect(rules[0]?.guide?.summary).toBe('a b');
  expect(rules[0]?.cases[0]?.events).toEqual([{ 'host.id': 'h', 'event.id': 1 }]);
});

test("a file of Elastic's repository can be dropped in as it is", async () => {
  await put('persistence_one_thing.toml', RULE);
  expect((await loadRules(folder)).rules.map(({ rule }) => rule.slug)).toEqual(['persistence-one-thing']);
});

test('a broken file is named with its place, and the others still load', async () => {
  await put('bad/rule.toml', 'name = \n');
  await put('eql/rule.toml', '[rule]\ntype = "eql"');
  await put('empty/guide.toml', 'summary = 1');
  await put('one/rule.toml', RULE);
  await put('one/cases.yaml', 'cases: [}');
  const { rules, broken } = await loadRules(folder);
  expect(rules.map(({ rule, cases }) => [rule.slug, cases.length])).toEqual([['one', 0]]);
  expect(broken).toEqual([
    { path: 'bad/rule.toml', message: expect.stringMatching(/^line 1:\d+: /) },
    { path: 'empty/rule.toml', message: 'is missing' },
    { path: 'empty/guide.toml', message: expect.stringContaining('summary') },
    { path: 'eql/rule.toml', message: expect.stringContaining('eql') },
    { path: 'one/cases.yaml', message: expect.stringContaining('line 1') },
  ]);
});

test('two rules of one name: the first stays', async () => {
  await put('one/rule.toml', RULE);
  await put('one.toml', RULE);
  const { rules, broken } = await loadRules(folder);
  expect(rules).toHaveLength(1);
  expect(broken).toEqual([{ path: 'one', message: 'a second rule of this name' }]);
});
