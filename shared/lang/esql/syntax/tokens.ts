import { ExternalTokenizer, type InputStream } from '@lezer/lr';
import { COMMANDS } from './keywords.ts';
import { BlockComment, CommandName, CommandText } from './parser.generated.terms.ts';
import { blockCommentAt, type Characters, commentLengthAt, stringLengthAt } from './passages.ts';

const QUOTE = 34;
const PIPE = 124;
const OPEN = 40;
const CLOSE = 41;
const END = -1;

const ahead =
  (input: InputStream): Characters =>
  (at) =>
    input.peek(at);

/** One that does not end goes to the end of the text: the parser says so. */
export const comments = new ExternalTokenizer((input) => {
  const comment = blockCommentAt(ahead(input), 0);
  if (comment) input.acceptToken(BlockComment, comment.length);
});

const isWordCharacter = (code: number): boolean => code !== END && /\w/.test(String.fromCharCode(code));

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
  const characters = ahead(input);
  let depth = 0;
  let at = 0;
  for (; characters(at) !== END; at++) {
    const code = characters(at);
    if (code === PIPE && depth === 0) break;
    if (code === OPEN) depth++;
    if (code === CLOSE) depth = Math.max(0, depth - 1);
    const passage = code === QUOTE ? stringLengthAt(characters, at) : commentLengthAt(characters, at);
    at += Math.max(passage - 1, 0);
  }
  if (at > 0) input.acceptToken(CommandText, at);
});
