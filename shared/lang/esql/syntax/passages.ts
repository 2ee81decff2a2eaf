const SLASH = 47;
const STAR = 42;
const NEWLINE = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const END = -1;

/** UTF-16 unit at an offset, -1 past the end. */
export type Characters = (at: number) => number;

export interface CommentExtent {
  readonly length: number;
  /** False where the text ends first. */
  readonly closed: boolean;
}

/** The block comment that starts at `at`, with the comments inside it; null where none does. */
export function blockCommentAt(characters: Characters, at: number): CommentExtent | null {
  if (characters(at) !== SLASH || characters(at + 1) !== STAR) return null;
  let depth = 0;
  let end = at;
  for (; characters(end) !== END; end++) {
    if (characters(end) === SLASH && characters(end + 1) === STAR) {
      depth++;
      end++;
    } else if (characters(end) === STAR && characters(end + 1) === SLASH) {
      depth--;
      end++;
      if (depth === 0) return { length: end + 1 - at, closed: true };
    }
  }
  return { length: end - at, closed: false };
}

/** Length of the comment that starts at `at`, of either kind; 0 where none does. */
export function commentLengthAt(characters: Characters, at: number): number {
  const block = blockCommentAt(characters, at);
  if (block) return block.length;
  if (characters(at) !== SLASH || characters(at + 1) !== SLASH) return 0;
  let end = at;
  while (characters(end) !== END && characters(end) !== NEWLINE) end++;
  return end - at;
}

/** Length of the string that starts at `at`; one that does not end ends with its line. 0 where none starts. */
export function stringLengthAt(characters: Characters, at: number): number {
  if (characters(at) !== QUOTE) return 0;
  const isTriple = (from: number): boolean => [0, 1, 2].every((offset) => characters(from + offset) === QUOTE);
  const triple = isTriple(at);
  let end = at + (triple ? 3 : 1);
  for (; characters(end) !== END && characters(end) !== NEWLINE; end++) {
    if (triple && isTriple(end)) return end + 3 - at;
    if (!triple && characters(end) === QUOTE) return end + 1 - at;
    if (!triple && characters(end) === BACKSLASH && characters(end + 1) !== END) end++;
  }
  return end - at;
}

/** The characters of a text. */
export const charactersOf =
  (text: string): Characters =>
  (at) =>
    at < text.length ? text.charCodeAt(at) : END;
