import type { Word } from './ast.ts';
import { type Context, report } from './context.ts';
import { COMMANDS } from './keywords.ts';
import { didYouMean } from './near-names.ts';

/** Commands of the language that this program does not have, by their first word. */
export const UNSUPPORTED_COMMANDS: readonly string[] = [
  ...[
    'change_point',
    'completion',
    'enrich',
    'explain',
    'fork',
    'fuse',
    'insist',
    'join',
    'lookup',
    'metrics',
    'promql',
  ],
  ...['rerank', 'sample', 'show', 'ts', 'uri_parts'],
];

/** Reports a command that the grammar does not spell out. */
export function reportCommand(name: Word, context: Context): void {
  const word = name.text.toLowerCase();
  const shown = COMPOUND.get(word) ?? name.text.toUpperCase();
  if (UNSUPPORTED_COMMANDS.includes(word)) {
    const remedy = REMEDIES.get(word);
    const message = `The command ${shown} is not supported.`;
    report(context, name, { code: 'unsupported-command', message, ...(remedy !== undefined && { remedy }) });
    return;
  }
  const commands = [...COMMANDS.keys()].filter((command) => !['from', 'row', 'set'].includes(command));
  report(context, name, {
    code: 'unknown-command',
    message: `Unknown command [${name.text}]${didYouMean(word, commands)}`,
  });
}

const COMPOUND: ReadonlyMap<string, string> = new Map([['lookup', 'LOOKUP JOIN']]);

/** Why a command is not there, and what to do instead. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  ['completion', 'It asks a language model, and none is reached from here: end the query before it.'],
  ['rerank', 'It asks a language model, and none is reached from here: end the query before it.'],
  ['enrich', 'It reads a policy of an Elasticsearch cluster: list the values in the query, with IN or CASE.'],
  ['lookup', 'It reads an index of an Elasticsearch cluster: list the values in the query, with IN or CASE.'],
  ['sample', 'A rule must find the same each time: use LIMIT.'],
  ['fork', 'Write each branch as a query of its own.'],
]);
