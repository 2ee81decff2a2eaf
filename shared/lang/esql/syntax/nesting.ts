import { charactersOf, commentLengthAt, stringLengthAt } from './passages.ts';

const BLANK = /\s+/y;
/** What an operand can stand behind, each one level deeper. */
const PREFIX = /not\b|[-+]/iy;
const WORD = /\w+|`[^`]*`/y;

/**
 * Where parentheses, NOT and signs that are still open first nest deeper than the limit; null where they never do. Reads the
 * bare text, so that it costs no more than its length.
 */
export function deepestOpening(text: string, limit: number): number | null {
  const characters = charactersOf(text);
  const outer: number[] = [];
  let depth = 0;
  let prefixes = 0;
  let at = 0;
  const matchAt = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0].length ?? 0;
  };
  while (at < text.length) {
    const passage = matchAt(BLANK) || commentLengthAt(characters, at);
    if (passage > 0) {
      at += passage;
      continue;
    }
    const prefix = matchAt(PREFIX);
    if (prefix > 0) prefixes++;
    else if (text[at] === '(') {
      outer.push(prefixes + 1);
      depth += prefixes + 1;
      prefixes = 0;
    } else {
      if (text[at] === ')') depth -= outer.pop() ?? 0;
      prefixes = 0;
    }
    if (depth + prefixes > limit) return at;
    at += prefix || stringLengthAt(characters, at) || matchAt(WORD) || 1;
  }
  return null;
}
