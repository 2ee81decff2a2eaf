import type { SyntaxNodeRef, Tree } from '@lezer/common';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { isHardKeyword } from './keywords.ts';
import { blockCommentAt, charactersOf, commentLengthAt } from './passages.ts';

/** More than a reader looks at. */
const MOST_ERRORS = 20;

/** One diagnostic for the first error of each command: what follows in it is mostly its echo. */
export function syntaxErrors(text: string, tree: Tree): readonly Diagnostic[] {
  const errors: Diagnostic[] = [];
  let seen = false;
  tree.iterate({
    enter: (node) => {
      if (errors.length >= MOST_ERRORS) return false;
      if (node.name === 'Pipe') seen = false;
      if (!seen && (node.type.isError || isOpenComment(text, node))) {
        seen = true;
        errors.push(describe(text, node.from));
      }
      return true;
    },
  });
  return errors;
}

/** Only the last comment can lack its end. */
const isOpenComment = (text: string, node: SyntaxNodeRef): boolean =>
  node.name === 'BlockComment' &&
  node.to === text.length &&
  blockCommentAt(charactersOf(text), node.from)?.closed === false;

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

const TEXT = String.raw`"(?:[^"\\\r\n]|\\[tnr"\\])*`;

/** What stands at an error, most telling first, and what to say of it. */
const SYMPTOMS: readonly Symptom[] = [
  { at: /^$/, finding: (_, before) => endFinding(before) },
  {
    at: /^\/\*/,
    finding: (match) => ({ message: 'This comment does not end.', remedy: 'Close it with */.', length: match.length }),
  },
  { at: new RegExp(`^${TEXT}"`), finding: unexpected },
  {
    at: new RegExp(String.raw`^${TEXT}\\[^tnr"\\]`),
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
  { at: /^`[^`]+`/, finding: unexpected },
  { at: /^`/, finding: () => ({ message: 'This name does not end.', remedy: 'Close it with `.', length: 1 }) },
  { at: /^'/, finding: () => ({ message: "Texts do not stand in ' quotes.", remedy: 'Use ".', length: 1 }) },
  { at: /^(?:==|!=|<=|>=|<(?!>))/, finding: unexpected },
  { at: /^=~?/, finding: (match) => foreign(match, 'Equality is ==.') },
  { at: /^<>/, finding: (match) => foreign(match, 'Inequality is !=.') },
  {
    at: /^>/,
    finding: (match, before) => (before.endsWith('<') ? foreign('<>', 'Inequality is !=.') : unexpected(match)),
  },
  { at: /^&&?/, finding: (match) => foreign(match, 'Use AND.') },
  { at: /^!/, finding: (match) => foreign(match, 'Use NOT, or != to compare.') },
  {
    at: /^\?\w*/,
    finding: (match) => ({ message: `Parameters such as \`${match}\` are not supported.`, length: match.length }),
  },
  { at: /^\w+/, finding: wordFinding },
  {
    at: /^\|/,
    finding: (match, before) =>
      before.endsWith('|') ? foreign('||', 'Use OR.') : { message: pipeMessage(before), length: match.length },
  },
  {
    at: /^\p{L}+/u,
    finding: (match) => ({
      message: `\`${match}\` is no part of a bare name.`,
      remedy: 'Put the name in backticks.',
      length: match.length,
    }),
  },
  { at: /^[\s\S]/u, finding: unexpected },
];

function endFinding(before: string): Finding {
  if (before.trim() !== '') return { message: `The query ends after \`${lastWord(before)}\`, where more must follow.` };
  return { message: 'The query is empty.', remedy: 'It begins with FROM and an index pattern.' };
}

function wordFinding(match: string, before: string): Finding {
  const { length } = match;
  if (isHardKeyword(match) && before.endsWith('.')) {
    return { message: `\`${match}\` is a keyword and no part of a name.`, remedy: 'Put it in backticks.', length };
  }
  if (before.trim() === '') return { message: `A query begins with FROM, not with \`${match}\`.`, length };
  return unexpected(match);
}

/** An operator of other languages. */
const foreign = (match: string, remedy: string): Finding => ({
  message: `\`${match}\` is no operator here.`,
  remedy,
  length: 1,
});

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
  const from = afterBlanks(text, offset);
  const rest = text.slice(from);
  const before = text.slice(0, offset);
  for (const { at, finding } of SYMPTOMS) {
    const match = at.exec(rest)?.[0];
    if (match === undefined) continue;
    const { message, remedy, length = 0 } = finding(match, before);
    const span = { from, to: from + length };
    return { code: 'syntax', severity: 'error', message, ...(remedy && { remedy }), span };
  }
  return { code: 'syntax', severity: 'error', message: 'The query cannot be read here.', span: { from, to: from } };
}

function afterBlanks(text: string, offset: number): number {
  const characters = charactersOf(text);
  let at = offset;
  for (;;) {
    const blank = /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    const closed = blockCommentAt(characters, at + blank)?.closed !== false;
    const step = blank + (closed ? commentLengthAt(characters, at + blank) : 0);
    if (step === 0) return at;
    at += step;
  }
}
