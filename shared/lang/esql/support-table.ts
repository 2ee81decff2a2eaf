import { FUNCTION_NAMES } from '#shared/lang/esql/lower/call.ts';
import { UNSUPPORTED_COMMANDS } from '#shared/lang/esql/lower/unsupported-commands.ts';
import { COMMANDS } from '#shared/lang/esql/syntax/keywords.ts';
import { FUNCTIONS } from '#shared/plan/functions.ts';
import { AGGREGATES } from './aggregate-functions.ts';
import { CAST_NAMES, INTERNAL_FUNCTIONS, planFunctionName, UNSUPPORTED_FUNCTIONS } from './language-functions.ts';

const OPERATORS: readonly (readonly [string, string])[] = [
  ['`AND` `OR` `NOT`', 'over true, false and null'],
  ['`==` `!=` `<` `<=` `>` `>=`', 'numbers with numbers, texts, datetimes, addresses; `==` and `!=` also booleans'],
  ['`+` `-` `*` `/` `%`', 'numbers; a datetime `+` or `-` a timespan'],
  ['`IN (…)`, `NOT IN (…)`', ''],
  ['`IS NULL`, `IS NOT NULL`', ''],
  ['`LIKE "…"`, `LIKE ("…", "…")`, with `NOT`', '`*` any run, `?` one code point, `\\` escapes'],
  ['`::type`', CAST_NAMES.map(code).join(', ')],
  ['`RLIKE "…"`, `RLIKE ("…", "…")`, with `NOT`', 'Lucene’s regular expressions over whole values; not `<1-5>`'],
  [
    'timespans',
    '`ms` to `years`; months, quarters and years with a datetime; `date_trunc` and `bucket` take them as texts too',
  ],
  ['`:`', 'as `match`'],
];

function code(text: string): string {
  return `\`${text}\``;
}

/** The commands as they are written; INLINE STATS is also one word. */
const commandNames = (): readonly string[] =>
  [...COMMANDS.keys()]
    .filter((name) => name !== 'inlinestats')
    .map((name) => (name === 'inline' ? 'INLINE STATS' : name.toUpperCase()));

const commandName = (name: string): string => (name === 'lookup' ? 'LOOKUP JOIN' : name.toUpperCase());

/** Names of one reason in one row. */
function unsupported(
  reasons: ReadonlyMap<string, string>,
  shown: (name: string) => string = (name) => name,
): readonly (readonly [string, string])[] {
  const names = new Map<string, string[]>();
  for (const [name, reason] of reasons) names.set(reason, [...(names.get(reason) ?? []), code(shown(name))]);
  return [...names].map(([reason, all]) => [all.join(', '), reason]);
}

/** What the functions compute that only the language has. */
export const SPECIAL: Readonly<Record<string, string>> = {
  now: 'The time of the run.',
  kql: 'Whether the event matches a KQL query; while the fields it reads are unchanged.',
  cidr_match: 'Whether the address lies in one of the networks, which are constants in CIDR notation.',
  match:
    'Whether a value of the field is this; of a field of type text whether any of the words is in it, with `{"operator": "AND"}` all.',
  match_phrase: 'As `match`, the words in a row.',
  replace:
    'The text with every match of a constant expression in Java’s syntax replaced; `$1` stands for a group. Classes are of ASCII.',
  bucket:
    'Start of the bucket: of a time with a timespan, or with the most buckets between two constant times; of a number with a width.',
  date_format:
    'The time written by a pattern of Java: `yyyy`, `yy`, `MM`, `MMM`, `MMMM`, `dd`, `EEE`, `EEEE`, `HH`, `mm`, `ss`, `SSS`.',
  date_parse:
    'The text read by a pattern of `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss` and `SSS`; null where it is not so made.',
  day_name: 'Name of the day of the week.',
  month_name: 'Name of the month.',
  space: 'So many blanks.',
  pi: 'Ratio of a circle’s circumference to its diameter.',
  e: 'Euler’s number.',
  tau: 'Twice pi.',
  hash: 'The digest of the text by the algorithm (a constant: `md5`, `sha-1`, `sha-256`), in hexadecimal digits.',
  clamp: 'The number, at least the second and at most the third.',
  clamp_min: 'The value, at least the second.',
  clamp_max: 'The value, at most the second.',
  mv_intersects: 'Whether the two have a value in common; false where one has none.',
  to_dateperiod: 'The timespan that a constant writes, as `"1 day"`: of days and what is longer.',
  to_timeduration: 'The timespan that a constant writes, as `"1 hour"`: of hours and what is shorter.',
  multi_match: 'Whether one of the fields matches, see `match`.',
  network_direction:
    '`internal`, `outbound`, `inbound` or `external`: which of two addresses lie in the networks, constants in CIDR notation or `private`, `loopback`, `multicast` and the like.',
  field_extract: 'The values of a member of a flattened field, whose name is a constant.',
  json_extract:
    'What the document (the metadata field `_source`) holds at a constant path, as text; of an array the elements, not its JSON.',
};

/** The support table of the language as a Markdown page. */
export const supportTable = (): string =>
  `${[
    '# ES|QL: what is supported',
    'Made from the code; a test compares. Everything else is refused with a diagnostic at its place, never guessed.',
    ['## Commands', commandNames().map(code).join(', ')].join('\n\n'),
    ['Not supported:', table(['command', 'what to do'], unsupported(UNSUPPORTED_COMMANDS, commandName))].join('\n\n'),
    ['## Operators', table(['operator', 'notes'], OPERATORS)].join('\n\n'),
    [
      '## Aggregates of STATS',
      'Each with `WHERE`, and inside of expressions.',
      table(
        ['function', 'result'],
        [...AGGREGATES].map(([name, { summary }]) => [code(name), summary]),
      ),
    ].join('\n\n'),
    ['## Functions', table(['function', 'result'], functionRows())].join('\n\n'),
    ['Not supported:', table(['functions', 'what to do'], unsupported(UNSUPPORTED_FUNCTIONS))].join('\n\n'),
  ].join('\n\n')}\n`;

function functionRows(): readonly (readonly [string, string])[] {
  const summaries = new Map(FUNCTIONS.map(({ name, summary }) => [name, summary]));
  return FUNCTION_NAMES.filter((name) => !AGGREGATES.has(name) && !INTERNAL_FUNCTIONS.has(name)).map((name) => {
    const plan = planFunctionName(name);
    return [code(name), plan === name ? (SPECIAL[name] ?? summaries.get(name) ?? '') : `As ${code(plan)}.`];
  });
}

const table = (head: readonly [string, string], rows: readonly (readonly [string, string])[]): string =>
  [head, ['---', '---'], ...rows].map(([left, right]) => `| ${left} | ${right} |`).join('\n');
