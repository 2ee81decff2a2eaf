import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkRules } from './check-rules.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-check-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function check(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly object[]> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const out = new PassThrough();
  await checkRules(Object.keys(files), {
    out,
    err: new PassThrough(),
    folder,
    rulesFolder: folder,
    memoryLimit: '1GB',
    now: () => 0,
    signal: new AbortController().signal,
  });
  out.end();
  return (await text(out))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as object);
}

const head = (type: string, more = ''): string => `[metadata]
creation_date = "2026/01/01"
integration = ["endpoint"]

[transform]
[[transform.osquery]]
label = "Osquery"
query = "select * from processes"

[rule]
author = ["Somebody"]
description = """
Two
lines.
"""
from = "now-9m"
index = ["logs-*"]
license = "MIT"
name = "One"
note = """## Triage and analysis

query = '''not this one'''
"""
risk_score = 21
rule_id = "1"
severity = "low"
type = "${type}"
${more}`;

test('a rule over fields of any schema passes, and says what it is', async () => {
  const threshold = `query = '''
event.dataset:okta.system and okta.actor.id:*
'''

[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0006"
name = "Credential Access"
reference = "https://example.org/"

[rule.threshold]
field = ["okta.actor.alternate_id"]
value = 3
[[rule.threshold.cardinality]]
field = "source.ip"
value = 2
`;
  expect(await check({ 'a_rule.toml': head('threshold', threshold) })).toMatchObject([
    { path: 'a_rule.toml', slug: 'a-rule', name: 'One', type: 'threshold', language: 'kuery', ok: true },
  ]);
});

test.each([
  [
    'literal text',
    "query = '''\nprocess.name:sh and\n  host.id:>5\n'''",
    { line: 30, column: 11, query_line: 2, query_column: 11 },
  ],
  ['text with escapes', 'query = """\nprocess.name:"\\\\t" and\n  host.id:>5\n"""', { line: 30, column: 11 }],
  ['a single line', "query = 'host.id:>5'", { line: 28, column: 18, query_line: 1, query_column: 9 }],
])('a problem of the query has its place in the file: %s', async (_, query, place) => {
  const [report] = await check({ 'rule.toml': head('query', query) });
  expect(report).toMatchObject({ ok: false, diagnostics: [{ severity: 'error', ...place }] });
});

test('a problem with a key has the place of the key', async () => {
  const rule = `query = "a:b"\ninterval = "hourly"\n\n[[rule.filters]]\n[rule.filters.query.exists]\nfield = "a"\n[[rule.filters]]\n[rule.filters.query.script]\nx = 1\n`;
  expect(await check({ 'x.toml': head('query', rule) })).toMatchObject([
    { ok: false, diagnostics: [{ line: 34 }, { line: 29, column: 1 }], unsupported: ['rule.filters.1'] },
  ]);
});

test('settings that are not applied are named, and stop nothing', async () => {
  const rule = `query = "process.name:sh"\nbuilding_block_type = "default"\n\n[rule.alert_suppression]\ngroup_by = ["host.id"]\n`;
  expect(await check({ 'x.toml': head('query', rule) })).toMatchObject([
    { ok: true, unsupported: ['alert_suppression'], diagnostics: [{ severity: 'warning', line: 31 }] },
  ]);
});

test('an export of Kibana is a line a rule', async () => {
  const rule = {
    rule_id: '7',
    name: 'Seven',
    description: '',
    severity: 'low',
    risk_score: 1,
    type: 'query',
    enabled: true,
  };
  const lines = [
    { ...rule, language: 'kuery', query: 'process.name:"sh"' },
    { ...rule, language: 'kuery', query: 'a:"\u00e9" and\n b:c:d', exceptions_list: [{ list_id: 'x' }] },
    { ...rule, type: 'new_terms', query: '*:*', new_terms_fields: ['host.id'], history_window_start: 'now-7d' },
    { ...rule, type: 'eql', language: 'eql' },
    { list_id: 'x', type: 'detection' },
    { item_id: 'i', list_id: 'x', entries: [] },
    { id: 'c', type: 'action', attributes: {} },
    { exported_count: 4, exported_rules_count: 4 },
  ];
  const content = `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n`;
  expect(await check({ 'export.ndjson': content })).toMatchObject([
    { line: 1, ok: true, slug: 'seven' },
    { line: 2, ok: false, diagnostics: [{ line: 2, query_line: 2, query_column: 5 }] },
    { line: 3, ok: true, keys: ['host.id'] },
    { line: 4, ok: false, name: 'Seven', type: 'eql', unsupported: ['eql'] },
    { line: 9, ok: false, diagnostics: [{ code: 'json', line: 9, column: 1 }] },
  ]);
});

const short = (more: string): string =>
  `[rule]\nname = "x"\ndescription = "d"\nseverity = "low"\nrisk_score = 1\nrule_id = "1"\ntype = "query"\n${more}\n`;
const json = (members: string): string =>
  `{"rule_id":"1","name":"a","type":"query","severity":"low","risk_score":1,"description":"",${members}}\n`;

test.each<[kind: string, file: string, text: string | Uint8Array, line: number, column: number]>([
  ['a key twice', 'x.toml', short('query = "a:b"\nquery = "c:d"'), 9, 1],
  ['a table twice', 'x.toml', short('query = "a:b"\n[rule]\nname = "y"'), 9, 2],
  ['a key twice in braces', 'x.toml', short('query = "a:b"\nthreshold = { value = 1, value = 2 }'), 9, 26],
  ['a date that is none', 'x.toml', short('query = 2026-13-45T99:00:00Z'), 8, 9],
  ['a number that no double is', 'x.toml', short('query = "a:b"\nmax_signals = 1e999999'), 9, 1],
  ['a number that no long is', 'x.toml', short('query = "a:b"\nmax_signals = 99999999999999999999'), 9, 15],
  ['an escape that is none', 'x.toml', short('query = "a:\\q"'), 8, 13],
  ['half a character', 'x.toml', short('query = "a:\\uD800"'), 8, 12],
  ['a control character', 'x.toml', short('query = "a:\u0001b"'), 8, 12],
  ['a list in place of a text', 'x.toml', short('query = ["a:b"]'), 8, 1],
  ['a byte order mark in front', 'x.toml', `\ufeff${short('query = "a:b:c"')}`, 8, 13],
  ['ends of lines of Windows', 'x.toml', short('query = "a:b:c"').replaceAll('\n', '\r\n'), 8, 13],
  ['two bytes a character', 'x.toml', Buffer.from(short('query = "a:b"'), 'utf16le'), 1, 2],
  ['deep parentheses', 'x.toml', short(`query = "${'('.repeat(20_000)}a:b${')'.repeat(20_000)}"`), 8, 110],
  ['a threat of other types', 'x.toml', short('query = "a:b"\n[[rule.threat]]\nframework = 7'), 10, 1],
  ['a member twice', 'x.ndjson', json('"name":"b","query":"a:b:c"'), 1, 114],
  ['a prototype', 'x.ndjson', json('"__proto__":{"query":"d"},"query":"a:b:c"'), 1, 129],
  ['a line separator', 'x.ndjson', json('"setup":"\u2028","query":"a:b:c"'), 1, 115],
  ['two objects in a line', 'x.ndjson', '{"rule_id":"1"}{"rule_id":"2"}\n', 1, 16],
  ['no JSON in the third line', 'x.ndjson', `{"list_id":"x"}\n\n{"rule_id": "1", "name": 'x'}\n`, 3, 26],
  ['no JSON, over several lines', 'x.json', '{\n  "rule_id": "1"\n  "name": "x"\n}\n', 3, 3],
  ['a query in JSON over several lines', 'x.json', json('"query":"a:b:c"').replaceAll(',', ',\n'), 7, 13],
])('%s ends in a diagnostic at its place', async (_, file, text, line, column) => {
  const [report] = await check({ [file]: text });
  expect(report).toMatchObject({
    ok: false,
    diagnostics: expect.arrayContaining([expect.objectContaining({ line, column })]),
  });
});

test('whatever it is given, it answers with a line', async () => {
  const deep = `x = ${'['.repeat(50_000)}`;
  const files = {
    'binary.toml': Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256),
    'deep.toml': deep,
    'deep.ndjson': `{"rule_id":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
    'empty.toml': '',
    'unclosed.toml': "[rule]\nquery = '''\n",
    'odd.toml': 'rule = 7\n',
    'list.ndjson': '[1,2]',
    'cr.toml': '[rule]\r\nname = "x"\r\n',
  };
  await mkdir(join(folder, 'none'));
  const reports = await check(files);
  expect(reports).toHaveLength(Object.keys(files).length);
  for (const report of reports) {
    expect(report).toMatchObject({
      ok: false,
      diagnostics: expect.arrayContaining([expect.objectContaining({ message: expect.any(String) })]),
    });
  }
});
