import { charactersOf, commentLengthAt, stringLengthAt } from './passages.ts';

/** Offset of the innermost `(` that a text, but for its comments and strings, leaves open; null where it leaves none. */
export function openParenthesis(text: string): number | null {
  const characters = charactersOf(text);
  const open: number[] = [];
  for (let at = 0; at < text.length; ) {
    const passage = commentLengthAt(characters, at) || stringLengthAt(characters, at);
    if (passage === 0 && text[at] === '(') open.push(at);
    if (passage === 0 && text[at] === ')') open.pop();
    at += passage || 1;
  }
  return open.at(-1) ?? null;
}
