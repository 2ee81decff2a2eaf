import { MANY, ONE, type Pattern } from '#shared/plan/pattern.ts';

const WILDCARDS: Readonly<Record<string, Pattern[number]>> = { '*': MANY, '?': ONE };

/**
 * The pattern of a `wildcard` entry: `*` any run, `?` one character, a backslash takes the next character literally, whatever
 * it is, and stands for itself at the end (Lucene's `WildcardQuery`, which Elasticsearch hands it to).
 */
export function exceptionPattern(text: string): Pattern {
  const parts: Pattern[number][] = [];
  const append = (character: string) => {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + character;
    else parts.push(character);
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const wildcard = WILDCARDS[character];
    if (wildcard) parts.push(wildcard);
    else if (character === '\\' && at + 1 < text.length) append(text.charAt(++at));
    else append(character);
  }
  return parts;
}

/** The text of a pattern that means exactly this value. */
export const escapeExceptionPattern = (value: string): string =>
  value.replace(/[\\*?]/g, (character) => `\\${character}`);

/** A backslash before anything but `\`, `*` and `?`, or at the end: legal, and seldom what its author meant. */
export const hasStrayBackslash = (text: string): boolean => /^(?:[^\\]|\\[\\*?])*\\(?![\\*?])/.test(text);
