import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { parse } from 'yaml';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type Field, type FieldCatalogue, type FieldType } from '#shared/event/field.ts';

/** What a parser is fed: valid texts to damage, and words of its language to stir. */
export interface Texts {
  readonly valid: readonly string[];
  readonly words: readonly string[];
  /** What stirred words stand behind, so that they are read at all. */
  readonly starts?: readonly string[];
  /** Queries that hold a text of a language inside of theirs. */
  readonly within?: readonly ((text: string) => string)[];
}

const KQL_WORDS: readonly string[] = [
  ...[
    ' and ',
    ' or ',
    ' not ',
    'AND',
    ' OR ',
    'not(',
    '(',
    ')',
    '{',
    '}',
    ':',
    '<',
    '>=',
    '"',
    '\\',
    '*',
    '?',
    '\\u00e9',
  ],
  ...['process.name', 'process.args', 'process.pid', '@timestamp', 'host.ip', 'threat.list', 'no.such', '*.name'],
  ...[
    'true',
    'null',
    '10.0.0.0/8',
    'now-1d/d',
    'now',
    '-',
    '9223372036854775808',
    ' ',
    '\u00a0',
    '\n',
    'é',
    '\u{1f600}',
  ],
];
const ESQL_WORDS: readonly string[] = [
  ...[
    'from a',
    '|',
    ' where ',
    ' eval ',
    ' keep ',
    ' drop ',
    ' rename ',
    ' stats ',
    ' inline stats ',
    ' by ',
    ' sort ',
  ],
  ...[
    ' limit ',
    ' mv_expand ',
    ' grok ',
    ' dissect ',
    ' row ',
    ' metadata ',
    'set ',
    ';',
    ' as ',
    ' and ',
    ' or ',
    ' not ',
  ],
  ...[
    ' in ',
    ' like ',
    ' rlike ',
    ' is null',
    ' nulls first',
    '==',
    '!=',
    '=',
    '<',
    '-',
    '+',
    '*',
    '/',
    '%',
    '::',
    ':',
  ],
  ...['(', ')', ',', '[', ']', '{', '}', '.', '`', '"', '"""', '\\', '//', '/*', '*/', '?', '$', '\n', ' '],
  ...['process.name', 'process.args', 'process.pid', '@timestamp', 'host.ip', 'x', 'Esql.x', '_id', 'null', 'true'],
  ...['1', '1.5e3', '99999999999999999999', ' 1 hour', ' 2 mo', '"%{WORD:x}"', '"%{a} %{+b/2}"', '"a*b?"', '"(a|b)+"'],
  ...['count(*)', 'values(', 'case(', 'date_trunc(', 'replace(', 'kql("', 'match(', 'to_ip(', 'now()', 'é', '\ud83d'],
];
const ESQL_STARTS: readonly string[] = [
  ...['from a | where ', 'from a | eval x = ', 'from a | stats ', 'from a | sort ', 'row x = ', 'from a | keep ', ''],
];
const PATTERN_WORDS: readonly string[] = [
  ...[
    '%{',
    '}',
    '%',
    '{',
    ':',
    '+',
    '->',
    '/1',
    '?',
    '&',
    '*',
    'WORD',
    'GREEDYDATA',
    'IP',
    'DATA',
    'x',
    'y',
    ':int',
    ' ',
  ],
  ...[
    '(',
    ')',
    '(?:',
    '(?<n>',
    '(?=',
    '[',
    ']',
    '^',
    '$',
    '|',
    '\\',
    '\\d',
    '\\b',
    '\\Q',
    '\\E',
    '\\u',
    '{2,3}',
    '{',
    '.',
  ],
  ...['.*?', '++', '[^a-z]', '[[:alpha:]]', '<1-5>', '~', '&', '#', '@', '"', 'é', '\u{1f600}', '\ud83d', '\0', '-'],
];
const TOML_WORDS: readonly string[] = [
  ...[
    '[rule]',
    '[[rule.threat]]',
    '[metadata]',
    '=',
    "'''",
    '"""',
    '"',
    '\n',
    '#',
    '[',
    ']',
    '{',
    '}',
    ',',
    'true',
    '5m',
  ],
  ...['type = "esql"', 'type = "new_terms"', 'type = "eql"', 'language = "kuery"', 'query = ', 'from = "now-9m"'],
  ...['interval = "0s"', 'max_signals = -1', 'field = "new_terms_fields"', 'value = []', '[rule.new_terms]', '\u0000'],
  ...['[rule.threshold]', '[[rule.filters]]', '__proto__ = 1', '1979-05-27', '1e999', '\\u00e9', '\ufeff', 'é'],
];
const NDJSON_WORDS: readonly string[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\n',
    'null',
    'true',
    '-1',
    '1e999',
    '"rule_id":',
    '"type":',
    '"query":',
  ],
  ...['"esql"', '"new_terms"', '"language":"kuery"', '"filters":[{"query":', '"exported_count":1', '"__proto__":{'],
  ...['"list_id":"x"', '"item_id":"x"', '"threshold":{"field":[],"value":0}', '\\ud83d', '\ufeff', '"from":"now-9m"'],
];

const read = (path: string): string => readFileSync(path, 'utf8');

interface CaseFile {
  readonly schema?: Readonly<Record<string, FieldType>>;
  readonly cases: readonly { readonly query?: string }[];
}

/** The case files of a language. */
function caseFiles(root: string, language: string): readonly CaseFile[] {
  const folder = join(root, 'shared', 'lang', language, 'cases');
  return readdirSync(folder).map((file) => parse(read(join(folder, file))) as CaseFile);
}

const queriesOf = (files: readonly CaseFile[]): readonly string[] =>
  files.flatMap(({ cases }) => cases.flatMap(({ query }) => query ?? []));

/** The fields of process events, and those that the cases name beside them. */
export function fieldsOfCases(root: string): FieldCatalogue {
  const others = caseFiles(root, 'esql').flatMap(({ schema }) => Object.entries(schema ?? {}));
  const byName = new Map(others.map(([name, type]): [string, Field] => [name, { name, type }]));
  for (const field of ECS_PROCESS.fields) byName.set(field.name, field);
  return catalogueOf([...byName.values()]);
}

/** Queries that the engines are asked, as far as they stand on a line. */
function questions(root: string, query: RegExp): readonly string[] {
  const folder = join(root, 'server', 'store', 'contract', 'cases');
  const texts = readdirSync(folder).map((file) => read(join(folder, file)));
  return texts.flatMap((text) =>
    [...text.matchAll(query)].map(([, quoted, plain]) => quoted?.replaceAll("''", "'") ?? plain ?? ''),
  );
}

const inQuotes = (queries: readonly string[], command: RegExp): readonly string[] =>
  queries.flatMap((query) => [...query.matchAll(command)].map((match) => match[1] ?? ''));

/** The shipped rules as files of Elastic's layout. */
const ruleFiles = (root: string): readonly string[] =>
  readdirSync(join(root, 'rules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => read(join(root, 'rules', name, 'rule.toml')));

const EXPORTED_ALL = {
  ...{ name: 'A', description: 'x', risk_score: 1, severity: 'low', from: 'now-6m', interval: '5m', index: ['logs-*'] },
  ...{ enabled: true, immutable: false, tags: [], threat: [], max_signals: 100, language: 'kuery', to: 'now' },
};
const COMMON = [
  { rule_id: 'a', type: 'query', query: 'process.name: sh', filters: [] },
  { rule_id: 'b', type: 'esql', language: 'esql', query: 'from a | where process.name == "x"' },
  { rule_id: 'd', type: 'threshold', query: '', threshold: { field: ['host.id'], value: 5, cardinality: [] } },
];
const EXPORTED = [
  ...COMMON,
  { rule_id: 'c', type: 'new_terms', query: '*:*', new_terms_fields: ['host.id'], history_window_start: 'now-7d' },
];
const HISTORY = { field: 'history_window_start', value: 'now-7d' };
const IN_FILES = [
  ...COMMON,
  {
    ...{ rule_id: 'c', type: 'new_terms', query: '*:*' },
    new_terms: { field: 'new_terms_fields', value: ['host.id'], history_window_start: [HISTORY] },
  },
];
/** So many short files stand beside each shipped one, which takes as long as twenty of them. */
const SHORT_FILES = 20;

const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;

/** Every kind of pattern that a query can hold. */
const PATTERN_USES: readonly ((text: string) => string)[] = [
  (text) => `where process.name like ${quoted(text)}`,
  (text) => `where process.name rlike ${quoted(text)}`,
  (text) => `grok process.name ${quoted(text)}`,
  (text) => `dissect process.name ${quoted(text)}`,
  (text) => `eval x = replace(process.name, ${quoted(text)}, "y")`,
  (text) => `where kql(${quoted(text)})`,
];

/** What each parser of a user's text is fed, by the parser's name; the texts of the project at this folder. */
export function textsOf(root: string): Readonly<Record<'kql' | 'esql' | 'toml' | 'ndjson' | 'pattern', Texts>> {
  const kql = [...queriesOf(caseFiles(root, 'kql')), ...questions(root, /^ +- kql: (?:'(.+)'|([^'"|>].*))$/gm)];
  const esql = [...queriesOf(caseFiles(root, 'esql')), ...questions(root, /^ +- esql: (?:'(.+)'|([^'"|>].*))$/gm)];
  const patterns = inQuotes(esql, /\b(?:grok|dissect|r?like|replace)\b[^"|]*"+([^"]+)"/gi);
  const files = IN_FILES.map((rule) => stringify({ rule: { ...EXPORTED_ALL, ...rule } }));
  const short = Array.from({ length: SHORT_FILES }, () => files).flat();
  const lines = EXPORTED.map((rule) => JSON.stringify({ ...EXPORTED_ALL, ...rule }));
  return {
    kql: { valid: kql, words: KQL_WORDS },
    esql: { valid: esql, words: ESQL_WORDS, starts: ESQL_STARTS },
    toml: { valid: [...ruleFiles(root), ...short], words: TOML_WORDS },
    ndjson: { valid: [...lines, lines.join('\n')], words: NDJSON_WORDS },
    pattern: {
      valid: [...patterns, '%{IP:ip} - %{GREEDYDATA:rest}', '%{a}/%{?b} %{+a/2->}', '(a|b)*[c-f]+?'],
      words: PATTERN_WORDS,
      within: PATTERN_USES.map((use) => (text) => `from a | ${use(text)} | limit 1`),
    },
  };
}
