import { positionAt } from './diagnostic.ts';
import { fail, type Result, succeed } from './result.ts';

/** Why a text is no JSON, and where it ceases to be. */
export interface JsonProblem {
  /** A sentence without its full stop. */
  readonly message: string;
  /** In UTF-16 units. */
  readonly offset: number;
}

/** The value that a text of JSON is. All that users write in JSON is read by this: engines do not agree where a text breaks off, and not all say it. */
export function parseJson(text: string): Result<unknown, JsonProblem> {
  try {
    return succeed(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail(problemIn(text));
  }
}

/** Why a text is no object: it is no JSON, or another value. */
export interface ObjectProblem extends JsonProblem {
  readonly isJson: boolean;
}

/** The object that a text of JSON is. */
export function parseObject(text: string): Result<object, ObjectProblem> {
  const parsed = parseJson(text);
  if (!parsed.ok) return fail({ ...parsed.error, isJson: false });
  const { value } = parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return succeed(value);
  const found = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
  return fail({ message: `${found} in place of an object`, offset: blankEnd(text, 0), isJson: true });
}

/** A problem as a sentence. @param place where it is, as ` at column 2`, for what is no JSON */
export const objectProblemText = ({ message, isJson }: ObjectProblem, place = ''): string =>
  isJson ? `This is ${message}.` : `This is not JSON${place}: ${message}.`;

/** With its place before it: `column 12: …` in a text of one line, `line 3:12: …` in one of several. */
export function jsonProblemText(text: string, { message, offset }: JsonProblem): string {
  const { line, column } = positionAt(text, offset);
  return `${text.includes('\n') ? `line ${line}:${column}` : `column ${column}`}: ${message}`;
}

/** What may come next: a value, within a list maybe its end, a key or the end of an object, … */
type Next = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'more';

const WORDS: Readonly<Record<Exclude<Next, 'more'>, string>> = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  key: 'a key in quotes',
  'key or }': 'a key in quotes or "}"',
  colon: '":" behind the key',
};

const BLANKS = /[ \t\n\r]*/y;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/** Goes through a text that is no JSON, to where that shows. One level of nesting after the other: it may be as deep as it likes. */
function problemIn(text: string): JsonProblem {
  const open: string[] = [];
  let next: Next = 'value';
  for (let at = blankEnd(text, 0); ; at = blankEnd(text, at)) {
    const character = text.charAt(at);
    const inner = open.at(-1);
    const wrong = (): JsonProblem => ({
      message: `expected ${next === 'more' ? moreWords(inner) : WORDS[next]}, found ${foundAt(text, at)}`,
      offset: at,
    });
    if (next === 'more') {
      if (inner === undefined || (character !== ',' && character !== inner)) return wrong();
      if (character === inner) open.pop();
      else next = inner === '}' ? 'key' : 'value';
      at += 1;
    } else if (next === 'colon') {
      if (character !== ':') return wrong();
      next = 'value';
      at += 1;
    } else if (next.endsWith(character) && (character === ']' || character === '}')) {
      open.pop();
      next = 'more';
      at += 1;
    } else if (character === '"') {
      const end = stringEnd(text, at);
      if (typeof end !== 'number') return end;
      next = next.startsWith('key') ? 'colon' : 'more';
      at = end;
    } else if (next.startsWith('key')) {
      return wrong();
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']');
      next = character === '{' ? 'key or }' : 'value or ]';
      at += 1;
    } else {
      const end = matchEnd(SCALAR, text, at);
      if (end === at) return wrong();
      next = 'more';
      at = end;
    }
  }
}

const moreWords = (inner: string | undefined): string => (inner === undefined ? 'the end' : `"," or "${inner}"`);

/** Shown in a sentence; a word whole, for it is often one that JSON lacks, as `None`. */
const LONGEST_WORD = 30;
const WORD = /[\w.+-]+/y;
const QUOTED = /"[^"\n]{0,30}"?/y;

function foundAt(text: string, at: number): string {
  if (at >= text.length) return 'the end';
  const quoted = text.slice(at, matchEnd(QUOTED, text, at));
  if (quoted !== '') return quoted;
  const word = text.slice(at, Math.min(matchEnd(WORD, text, at), at + LONGEST_WORD));
  return `"${word || String.fromCodePoint(text.codePointAt(at) ?? 0)}"`;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

const blankEnd = (text: string, at: number): number => matchEnd(BLANKS, text, at);

const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** Behind a text in quotes, or why it is none. */
function stringEnd(text: string, start: number): number | JsonProblem {
  for (let at = start + 1; at < text.length; ) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    if (character === '\n') break;
    if (character < ' ')
      return { message: 'a control character within quotes has to be written as an escape', offset: at };
    const end = character === '\\' ? matchEnd(ESCAPE, text, at) : at + 1;
    if (end === at) return { message: `"${text.slice(at, at + 2)}" is no escape of JSON`, offset: at };
    at = end;
  }
  return { message: 'these quotes are not closed in their line', offset: start };
}
