/**
 * KQL's lexical rules (elastic/kibana `kbn-es-query/src/kuery/grammar/grammar.peggy`), as functions over character codes,
 * shared by the tokenizer, the decoder of literals and the search for a syntax error.
 */

/** The UTF-16 unit at an offset, or -1 past either end. */
export type Characters = (at: number) => number;

export const charactersOf =
  (text: string): Characters =>
  (at) =>
    at >= 0 && at < text.length ? text.charCodeAt(at) : -1;

const BACKSLASH = 92;
const QUOTE = 34;
const STAR = 42;

const codes = (text: string): ReadonlySet<number> => new Set([...text].map((character) => character.charCodeAt(0)));
const SPACES = codes(' \t\r\n\u00a0');
const SPECIALS = codes('\\():<>"*{}');
const HEX = codes('0123456789abcdefABCDEF');

export const isSpace = (code: number): boolean => SPACES.has(code);
export const isSpecial = (code: number): boolean => SPECIALS.has(code);

export type Keyword = 'or' | 'and' | 'not';

/** Whether the word stands at the offset, in any letter case, whatever is around it. */
export function wordAt(characters: Characters, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) {
    // Setting this bit lower-cases an ASCII letter, and turns nothing else that matters here into one.
    if ((characters(at + index) | 32) !== word.charCodeAt(index)) return false;
  }
  return true;
}

export function skipSpaces(characters: Characters, at: number): number {
  let end = at;
  while (isSpace(characters(end))) end++;
  return end;
}

/**
 * Length of an operator at the offset with the blanks that belong to it, or 0: `or` and `and` need blanks on both sides,
 * `not` needs them behind it.
 */
export function keywordLength(characters: Characters, at: number, keyword: Keyword): number {
  const word = keyword === 'not' ? at : skipSpaces(characters, at);
  if (keyword !== 'not' && word === at) return 0;
  if (!wordAt(characters, word, keyword)) return 0;
  const behind = word + keyword.length;
  const end = skipSpaces(characters, behind);
  return end > behind ? end - at : 0;
}

/** An unquoted literal ends before this: `not` and a blank end it even inside a word. */
function isKeywordAt(characters: Characters, at: number): boolean {
  if (wordAt(characters, at, 'not')) return isSpace(characters(at + 3));
  if (!isSpace(characters(at))) return false;
  return (
    (wordAt(characters, at + 1, 'or') && isSpace(characters(at + 3))) ||
    (wordAt(characters, at + 1, 'and') && isSpace(characters(at + 4)))
  );
}

/** Length of `\uXXXX` at the offset of its backslash, or 0. */
export function unicodeEscapeLength(characters: Characters, at: number): number {
  if (characters(at + 1) !== 117) return 0;
  for (let digit = at + 2; digit < at + 6; digit++) if (!HEX.has(characters(digit))) return 0;
  return 6;
}

/** Length of the escape whose backslash stands at the offset of an unquoted literal, or 0 where there is no such escape. */
export function escapeLength(characters: Characters, at: number): number {
  const code = characters(at + 1);
  if (code === 116 || code === 114 || code === 110 || isSpecial(code)) return 2;
  if (wordAt(characters, at + 1, 'or')) return 3;
  if (wordAt(characters, at + 1, 'and') || wordAt(characters, at + 1, 'not')) return 4;
  return unicodeEscapeLength(characters, at);
}

/** Length of the unquoted literal at the offset, without blanks at its end; 0 where none begins there. */
export function unquotedLength(characters: Characters, at: number): number {
  if (isSpace(characters(at))) return 0;
  let end = at;
  for (let next = at; ; ) {
    const code = characters(next);
    if (code === BACKSLASH) {
      const length = escapeLength(characters, next);
      if (length === 0) break;
      next += length;
    } else {
      if (code < 0 || (code !== STAR && isSpecial(code)) || isKeywordAt(characters, next)) break;
      next++;
    }
    if (!isSpace(code)) end = next;
  }
  return end - at;
}

/** Length of the quoted literal at the offset with both quotation marks; 0 where none begins there or it is not closed. */
export function quotedLength(characters: Characters, at: number): number {
  if (characters(at) !== QUOTE) return 0;
  for (let next = at + 1; ; next++) {
    const code = characters(next);
    if (code < 0) return 0;
    if (code === QUOTE) return next + 1 - at;
    if (code === BACKSLASH && (characters(next + 1) === BACKSLASH || characters(next + 1) === QUOTE)) next++;
  }
}
