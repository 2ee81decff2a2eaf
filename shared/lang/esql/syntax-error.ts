import type { Tree } from '@lezer/common';
import type { Diagnostic, Span } from '#shared/base/diagnostic.ts';
import { isHardKeyword } from './keywords.ts';

/** One diagnostic for the first error of each command: what follows in it is mostly its echo. */
export function syntaxErrors(text: string, tree: Tree): readonly Diagnostic[] {
  const pipes = pipesOf(tree);
  const errors: Diagnostic[] = [];
  const seen = new Set<number>();
  tree.iterate({
    enter: (node) => {
      if (!node.type.isError) return;
      const command = pipes.findLastIndex((pipe) => pipe < node.from);
      if (seen.has(command)) return;
      seen.add(command);
      errors.push(describe(text, node.from));
    },
  });
  return errors;
}

function pipesOf(tree: Tree): readonly number[] {
  return tree.topNode.getChildren('Pipe').map((pipe) => pipe.from);
}

interface Finding {
  readonly message: string;
  readonly remedy?: string;
  /** Units of text that the problem covers. */
  readonly length?: number;
}

interface Symptom {
  /** Of the text from the error on. */
  readonly at: RegExp;
  readonly finding: (match: string, before: string) => Finding;
}

const SYMPTOMS: readonly Symptom[] = [
  {
    at: /^$/,
    finding: (_, before) =>
      before.trim() === ''
        ? { message: 'The query is empty.', remedy: 'It begins with FROM and an index pattern.' }
        : { message: `The query ends after \`${lastWord(before)}\`, where more must follow.` },
  },
  { at: /^\/\*/, finding: () => ({ message: 'This comment does not end.', remedy: 'Close it with */.', length: 2 }) },
  {
    at: /^"(?:[^"\\\r\n]|\\[tnr"\\])*\\[^tnr"\\]/,
    finding: (match) => ({
      message: `\`${match.slice(-2)}\` is no escape in a text.`,
      remedy: 'Double the backslash, or use """…""", where none is needed.',
      length: match.length,
    }),
  },
  {
    at: /^"/,
    finding: () => ({ message: 'This text does not end on its line.', remedy: 'Close it with ".', length: 1 }),
  },
  { at: /^'/, finding: () => ({ message: "Texts do not stand in ' quotes.", remedy: 'Use ".', length: 1 }) },
  {
    at: /^=(?:=|~)?/,
    finding: (match) => ({
      message: `\`${match}\` does not compare here.`,
      remedy: 'Equality is ==.',
      length: match.length,
    }),
  },
  { at: /^<>/, finding: () => ({ message: '`<>` is no operator.', remedy: 'Inequality is !=.', length: 2 }) },
  { at: /^>/, finding: (match, before) => (before.endsWith('<') ? NOT_EQUAL : unexpected(match)) },
  {
    at: /^&&?/,
    finding: (match) => ({ message: `\`${match}\` is no operator.`, remedy: 'Use AND.', length: match.length }),
  },
  { at: /^!/, finding: () => ({ message: '`!` is no operator.', remedy: 'Use NOT, or != to compare.', length: 1 }) },
  {
    at: /^\?\w*/,
    finding: (match) => ({ message: `Parameters such as \`${match}\` are not supported.`, length: match.length }),
  },
  {
    at: /^\w+/,
    finding: (match, before) =>
      isHardKeyword(match) && before.endsWith('.')
        ? {
            message: `\`${match}\` is a keyword and no part of a name.`,
            remedy: 'Put it in backticks.',
            length: match.length,
          }
        : before.trim() === ''
          ? { message: `A query begins with FROM, not with \`${match}\`.`, length: match.length }
          : unexpected(match),
  },
  { at: /^\|/, finding: (match, before) => ({ ...unexpected(match), message: pipeMessage(before) }) },
  { at: /^[\s\S]/u, finding: unexpected },
];

const NOT_EQUAL: Finding = { message: '`<>` is no operator.', remedy: 'Inequality is !=.', length: 1 };

function unexpected(match: string): Finding {
  return { message: `Did not expect \`${match}\` here.`, length: match.length };
}

const pipeMessage = (before: string): string =>
  before.trim() === ''
    ? 'A query begins with FROM, not with `|`.'
    : opened(before)
      ? 'A parenthesis is not closed before `|`.'
      : `Something is missing between \`${lastWord(before)}\` and \`|\`.`;

/** Whether the command that ends here has more ( than ). Good enough for a message: texts may count too. */
const opened = (before: string): boolean => {
  const command = before.slice(before.lastIndexOf('|') + 1);
  return command.split('(').length > command.split(')').length;
};

const lastWord = (text: string): string => /\S+$/.exec(text.trimEnd())?.[0].slice(-40) ?? '';

/** What is wrong at an offset: blanks and comments before the culprit are stepped over. */
function describe(text: string, offset: number): Diagnostic {
  const blank = /^(?:\s|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*/.exec(text.slice(offset))?.[0].length ?? 0;
  const from = offset + blank;
  const rest = text.slice(from);
  for (const { at, finding } of SYMPTOMS) {
    const match = at.exec(rest)?.[0];
    if (match === undefined) continue;
    const { message, remedy, length = 0 } = finding(match, text.slice(0, from));
    const span: Span = { from, to: from + length };
    return { code: 'syntax', severity: 'error', message, ...(remedy && { remedy }), span };
  }
  return { code: 'syntax', severity: 'error', message: 'The query cannot be read here.', span: { from, to: from } };
}
