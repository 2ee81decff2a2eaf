import type { Word } from './ast.ts';
import { type Context, report } from './context.ts';
import { COMMANDS } from './keywords.ts';
import { didYouMean } from './near-names.ts';

/** Commands of the language that this program does not have, by their first word. */
export const UNSUPPORTED_COMMANDS: readonly string[] = [
  ...['change_point', 'completion', 'dissect', 'enrich', 'explain', 'fork', 'fuse', 'grok', 'inline', 'inlinestats'],
  ...['insist', 'join', 'lookup', 'metrics', 'promql', 'rerank', 'row', 'sample', 'set', 'show', 'ts', 'uri_parts'],
];

/** Reports a command that the grammar does not spell out. */
export function reportCommand(name: Word, context: Context): void {
  const word = name.text.toLowerCase();
  const shown = COMPOUND.get(word) ?? name.text.toUpperCase();
  if (UNSUPPORTED_COMMANDS.includes(word)) {
    report(context, name, { code: 'unsupported-command', message: `The command ${shown} is not supported.` });
    return;
  }
  const commands = [...COMMANDS.keys()].filter((command) => command !== 'from');
  report(context, name, {
    code: 'unknown-command',
    message: `Unknown command [${name.text}]${didYouMean(word, commands)}`,
  });
}

const COMPOUND: ReadonlyMap<string, string> = new Map([
  ['inline', 'INLINE STATS'],
  ['inlinestats', 'INLINE STATS'],
  ['lookup', 'LOOKUP JOIN'],
]);
