import { ExternalTokenizer, type InputStream } from '@lezer/lr';
import { COMMANDS } from './keywords.ts';
import { BlockComment, CommandName, CommandText } from './parser.generated.terms.ts';

const SLASH = 47;
const STAR = 42;
const QUOTE = 34;
const BACKSLASH = 92;
const PIPE = 124;
const OPEN = 40;
const CLOSE = 41;
const NEWLINE = 10;
const END = -1;

const isWordCharacter = (code: number): boolean => code !== END && /\w/.test(String.fromCharCode(code));

/** Length of the block comment that starts at `at`, comments inside it included; null where none does or none ends. */
function commentLength(input: InputStream, at: number): number | null {
  if (input.peek(at) !== SLASH || input.peek(at + 1) !== STAR) return null;
  let depth = 0;
  for (let end = at; input.peek(end) !== END; end++) {
    if (input.peek(end) === SLASH && input.peek(end + 1) === STAR) {
      depth++;
      end++;
    } else if (input.peek(end) === STAR && input.peek(end + 1) === SLASH) {
      depth--;
      end++;
      if (depth === 0) return end + 1 - at;
    }
  }
  return null;
}

export const comments = new ExternalTokenizer((input) => {
  const length = commentLength(input, 0);
  if (length !== null) input.acceptToken(BlockComment, length);
});

/** The word that begins a command the grammar does not spell out. */
export const commands = new ExternalTokenizer((input) => {
  let length = 0;
  while (isWordCharacter(input.peek(length))) length++;
  if (length === 0) return;
  const word = Array.from({ length }, (_, at) => String.fromCharCode(input.peek(at))).join('');
  if (!COMMANDS.has(word.toLowerCase())) input.acceptToken(CommandName, length);
});

/** The rest of such a command: up to a pipe outside of strings, comments and parentheses. */
export const commandTexts = new ExternalTokenizer((input) => {
  let depth = 0;
  let at = 0;
  for (; input.peek(at) !== END; at++) {
    const code = input.peek(at);
    if (code === PIPE && depth === 0) break;
    if (code === OPEN) depth++;
    if (code === CLOSE) depth = Math.max(0, depth - 1);
    if (code === QUOTE) at += stringLength(input, at) - 1;
    if (code === SLASH) at += anyCommentLength(input, at) - 1;
  }
  if (at > 0) input.acceptToken(CommandText, at);
});

/** Length of the string that starts at `at`; one that does not end ends with its line. */
function stringLength(input: InputStream, at: number): number {
  const triple = input.peek(at + 1) === QUOTE && input.peek(at + 2) === QUOTE;
  let end = at + (triple ? 3 : 1);
  for (; input.peek(end) !== END && input.peek(end) !== NEWLINE; end++) {
    if (!triple && input.peek(end) === BACKSLASH) end++;
    else if (input.peek(end) === QUOTE && !triple) return end + 1 - at;
    else if (input.peek(end) === QUOTE && input.peek(end + 1) === QUOTE && input.peek(end + 2) === QUOTE) {
      return end + 3 - at;
    }
  }
  return end - at;
}

function anyCommentLength(input: InputStream, at: number): number {
  if (input.peek(at + 1) !== SLASH) return commentLength(input, at) ?? 1;
  let end = at;
  while (input.peek(end) !== END && input.peek(end) !== NEWLINE) end++;
  return end - at;
}
