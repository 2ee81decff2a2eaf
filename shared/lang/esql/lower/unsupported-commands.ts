import type { Word } from '#shared/lang/esql/syntax/ast.ts';
import { COMMANDS } from '#shared/lang/esql/syntax/keywords.ts';
import { otherLanguage } from '#shared/lang/other-language.ts';
import { type Context, report } from './context.ts';
import { didYouMean } from './near-names.ts';
import { OTHER_COMMANDS } from './other-words.ts';

const MODEL = 'It asks a language model, and none is reached from here: end the query before it.';
const SERIES = 'It is for time series, which events are not: begin with FROM and group by bucket(@timestamp, …).';
const CLUSTER = 'It asks about the cluster, and there is none.';

/** Commands of the language that this program does not have, by their first word, with what they would need or what to do instead. */
export const UNSUPPORTED_COMMANDS: ReadonlyMap<string, string> = new Map([
  ['change_point', 'It tests a series for jumps by statistics: compare buckets of time with INLINE STATS.'],
  ['completion', MODEL],
  ['enrich', 'It reads a policy of an Elasticsearch cluster: list the values in the query, with IN or CASE.'],
  ['explain', CLUSTER],
  ['fork', 'Write each branch as a query of its own.'],
  ['fuse', 'It joins the ranks of branches that FORK made: write each branch as a query of its own.'],
  ['insist', 'Name the field in the query: fields that no schema knows are taken by their use.'],
  [
    'ip_location',
    'It looks addresses up in a database of places: name fields that the sender filled, such as source.geo.country_name.',
  ],
  ['join', 'It reads an index of an Elasticsearch cluster: list the values in the query, with IN or CASE.'],
  ['lookup', 'It reads an index of an Elasticsearch cluster: list the values in the query, with IN or CASE.'],
  ['metrics', SERIES],
  ['mmr', 'It reads vectors, which events here do not hold.'],
  ['promql', SERIES],
  ['registered_domain', 'It reads a list of public suffixes: take the end of the name out with GROK.'],
  ['rerank', MODEL],
  ['sample', 'A rule must find the same each time: use LIMIT.'],
  ['show', CLUSTER],
  ['ts', SERIES],
  ['uri_parts', 'Take the parts out with DISSECT or GROK.'],
  ['user_agent', 'It reads a list of browsers: compare user_agent.original with LIKE or RLIKE.'],
]);

/** Reports a command that the grammar does not spell out. */
export function reportCommand(name: Word, context: Context): void {
  const word = name.text.toLowerCase();
  const shown = COMPOUND.get(word) ?? name.text.toUpperCase();
  const remedy = UNSUPPORTED_COMMANDS.get(word);
  if (remedy !== undefined) {
    report(context, name, { code: 'unsupported-command', message: `The command ${shown} is not supported.`, remedy });
    return;
  }
  const meant = isFirst(name, context) ? beginning(context) : OTHER_COMMANDS.get(word);
  const commands = [...COMMANDS.keys()].filter((command) => !['from', 'row', 'set'].includes(command));
  report(context, name, {
    code: 'unknown-command',
    message: `Unknown command [${name.text}]${meant === undefined ? didYouMean(word, commands) : ''}`,
    ...(meant !== undefined && { remedy: meant }),
  });
}

const isFirst = ({ from }: Word, { text }: Context): boolean => text.slice(0, from).trim() === '';

/** What to do about a query that begins with no source. */
const beginning = ({ text }: Context): string =>
  otherLanguage(text, 'esql') ?? 'A query begins with FROM and an index pattern: FROM logs-* | ….';

const COMPOUND: ReadonlyMap<string, string> = new Map([['lookup', 'LOOKUP JOIN']]);
