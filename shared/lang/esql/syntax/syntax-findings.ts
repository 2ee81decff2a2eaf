import { positionAt } from '#shared/base/diagnostic.ts';
import { COMMANDS, isHardKeyword } from './keywords.ts';
import { openParenthesis } from './open-parenthesis.ts';
import { lastCommand, wordHabit } from './word-habits.ts';

/** What is said of a place at which no query can go on. */
export interface Finding {
  readonly message: string;
  readonly remedy?: string;
  /** Units of text that the problem covers. */
  readonly length?: number;
  /** Whether nothing behind it can be judged: commands there are not what they seem. */
  readonly unreadable?: true;
}

export function endFinding(before: string): Finding {
  if (before.trim() === '')
    return { message: 'The query is empty.', remedy: 'It begins with FROM and an index pattern.' };
  const message = `The query ends after \`${lastWord(before)}\`, where more must follow.`;
  if (/\|\s*$/.test(before)) return { message, remedy: 'Write a command behind the |, or take it out.' };
  if (/\b(?:and|or|not|where)\s*$/i.test(before)) return { message, remedy: 'Write a condition behind it.' };
  const open = openParenthesis(before);
  if (open === null) return { message };
  const { line, column } = positionAt(before, open);
  return { message: 'The query ends, and a parenthesis is still open.', remedy: `Close the ( of ${line}:${column}.` };
}

export function wordFinding(match: string, before: string): Finding {
  const { length } = match;
  if (isHardKeyword(match) && before.endsWith('.')) {
    return { message: `\`${match}\` is a keyword and no part of a name.`, remedy: 'Put it in backticks.', length };
  }
  if (before.trim() === '')
    return { message: `A query begins with FROM, not with \`${match}\`.`, remedy: BEGINNING, length };
  const remedy = wordHabit(match, before);
  if (remedy === null && AWAITS_VALUE.test(before)) return missingFinding(match, before);
  return keywordAsName(match, before) ?? { ...unexpected(match, before), ...(remedy !== null && { remedy }) };
}

const AWAITS_VALUE = /(?:[=<>+*/%,-]|\b(?:and|or|not))\s*$/i;

/** Two things stand side by side of which the first asks for another one. */
export const missingFinding = (match: string, before: string): Finding => ({
  message: `Something is missing between \`${lastWord(before)}\` and \`${match}\`.`,
  remedy: 'Write it, or take out what it would have been joined by.',
  length: match.length,
});

const BEGINNING = 'Write FROM and an index pattern in front of it: FROM logs-* | ….';

/** FIRST and LAST are words of SORT, and names that people give to columns. */
export function keywordAsName(match: string, before: string): Finding | null {
  const word = lastWord(before);
  if (!/^(first|last)$/i.test(word)) return null;
  return {
    message: `\`${word}\` is a keyword and no name by itself: did not expect \`${match}\` here.`,
    remedy: `Write it in backticks, or choose another name.`,
    length: match.length,
  };
}

/** An operator of other languages. */
export const foreign = (match: string, remedy: string): Finding => ({
  message: `\`${match}\` is no operator here.`,
  remedy,
  length: 1,
});

export function textFinding(match: string, before: string): Finding {
  const remedy = /\bin\s*$/i.test(before) ? LIST : wordHabit('', before);
  return { ...unexpected(match, before), ...(remedy !== null && { remedy }) };
}

const LIST = 'A list stands in parentheses: ("a", "b").';

/** A value behind a value is nearly always one too many, or lacks what joins the two. */
export function unexpected(match: string, before = ''): Finding {
  const joined = /^[\w"`]/.test(match) && /[\w"`)]\s*$/.test(before);
  return {
    message: `Did not expect \`${match}\` here.`,
    ...(joined && { remedy: 'A comma, an operator or a | is missing in front of it.' }),
    length: match.length,
  };
}

/** Comparisons do not chain. */
export function comparisonFinding(match: string, before: string): Finding {
  const operand = before.split(/\b(?:and|or|where|not)\b|[|(),]/i).at(-1) ?? '';
  const chained = /==|!=|<=?|>=?/.test(operand);
  return { ...unexpected(match), ...(chained && { remedy: 'Compare two values at a time: 1 < x AND x < 5.' }) };
}

export function pipeFinding(match: string, before: string): Finding {
  const word = match.slice(1).trim();
  const length = 1;
  if (before.endsWith('|'))
    return foreign('||', COMMANDS.has(word.toLowerCase()) ? 'Commands are separated by one |.' : 'Use OR.');
  if (before.trim() === '') return { message: 'A query begins with FROM, not with `|`.', remedy: BEGINNING, length };
  const open = openParenthesis(before);
  if (open === null) return { message: `Something is missing between \`${lastWord(before)}\` and \`|\`.`, length };
  const { line, column } = positionAt(before, open);
  return { message: 'A parenthesis is not closed before `|`.', remedy: `Close the ( of ${line}:${column}.`, length };
}

export function bracketFinding(match: string, before: string): Finding {
  const remedy = /\b(?:in|like)\s*$/i.test(before)
    ? LIST
    : /^\s*from\s[^|]*$/i.test(before)
      ? 'METADATA stands without brackets: FROM logs-* METADATA _id.'
      : undefined;
  return { ...unexpected(match), ...(remedy !== undefined && { remedy }) };
}

export function parenthesisFinding(match: string, before: string): Finding {
  if (!/^\s*from\b/i.test(lastCommand(before)) || !/(?:\bfrom|,)\s*$/i.test(before)) return unexpected(match, before);
  return {
    message: 'FROM takes no queries in parentheses.',
    remedy: 'Read all their patterns in one FROM, and tell events apart by WHERE and CASE; or make a rule of each.',
    length: match.length,
    unreadable: true,
  };
}

export function minusFinding(match: string, before: string): Finding {
  const dropping = /^\s*keep\b/i.test(lastCommand(before));
  return { ...unexpected(match), ...(dropping && { remedy: 'Columns are taken away with DROP.' }) };
}

const lastWord = (text: string): string => /\S+$/.exec(text.trimEnd())?.[0].slice(-40) ?? '';
