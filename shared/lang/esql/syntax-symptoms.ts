import { isHardKeyword } from './keywords.ts';
import { charactersOf, commentLengthAt, stringLengthAt } from './passages.ts';

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
export const SYMPTOMS: readonly Symptom[] = [
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
  {
    at: /^=~?/,
    finding: (match, before) => keywordAsName(match, before) ?? foreign(match, 'Equality is ==.'),
  },
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
  {
    at: /^\)/,
    finding: (match, before) =>
      opened(before) ? unexpected(match) : { message: 'This `)` closes nothing: no `(` is open before it.', length: 1 },
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
  return keywordAsName(match, before) ?? unexpected(match);
}

/** FIRST and LAST are words of SORT, and names that people give to columns. */
function keywordAsName(match: string, before: string): Finding | null {
  const word = lastWord(before);
  if (!/^(first|last)$/i.test(word)) return null;
  return {
    message: `\`${word}\` is a keyword and no name by itself: did not expect \`${match}\` here.`,
    remedy: `Write it in backticks, or choose another name.`,
    length: match.length,
  };
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

/** Whether the text, but for its comments and strings, has more ( than ). */
function opened(text: string): boolean {
  const characters = charactersOf(text);
  let open = 0;
  for (let at = 0; at < text.length; ) {
    const passage = commentLengthAt(characters, at) || stringLengthAt(characters, at);
    if (passage === 0 && text[at] === '(') open += 1;
    if (passage === 0 && text[at] === ')') open -= 1;
    at += passage || 1;
  }
  return open > 0;
}

const lastWord = (text: string): string => /\S+$/.exec(text.trimEnd())?.[0].slice(-40) ?? '';
