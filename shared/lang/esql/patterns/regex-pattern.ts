import { fail, type Result, succeed } from '#shared/base/result.ts';
import { wellFormed } from '#shared/base/text.ts';
import { ANY_POINT, type Range, type Regex, sizeOf } from '#shared/plan/regex.ts';
import { complementOf, intersectionOf } from './regex-algebra.ts';
import { NO_TEXT } from './regex-of-automaton.ts';

/** Longest expression, repetitions written out, that matching stays quick for. */
const LARGEST = 2_000;

/** Operators of Lucene that are not here. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  '<': 'a number interval (<1-5>)',
};

const DIGIT: readonly Range[] = [[0x30, 0x39]];
const WORD: readonly Range[] = [...DIGIT, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const SPACE: readonly Range[] = [
  [0x9, 0xa],
  [0xd, 0xd],
  [0x20, 0x20],
];
/** Classes by their letter, as Lucene has them; a capital negates. */
const CLASSES: Readonly<Record<string, readonly Range[]>> = { d: DIGIT, w: WORD, s: SPACE };

class Refused extends Error {}

/**
 * A pattern of RLIKE, its string already unescaped: a regular expression of Lucene with all optional operators
 * (apache/lucene `RegExp`; elastic/elasticsearch docs "Regular expression syntax"), which matches whole values. `^` and `$`
 * are characters; `"…"` is a literal stretch and `@` any text. The error says what is wrong.
 */
export function parseRegexPattern(text: string): Result<Regex, string> {
  const points = [...wellFormed(text)];
  if (points.length > LARGEST) return fail('it is too large');
  const reader = readerOf(points);
  try {
    const regex = reader.atEnd() ? NOTHING : readChoice(reader);
    if (!reader.atEnd()) throw new Refused(`\`${reader.peek()}\` closes nothing`);
    return sizeOf(regex) > LARGEST ? fail('it is too large') : succeed(regex);
  } catch (error) {
    if (error instanceof Refused) return fail(error.message);
    throw error;
  }
}

/** Whether the expression matches every text. */
export const isMatchAll = (regex: Regex): boolean =>
  regex.kind === 'repeat' && regex.of === ANY_POINT && regex.least === 0 && regex.most === null;

interface Reader {
  peek(): string | undefined;
  next(): string;
  /** Takes the character where it stands next. */
  take(character: string): boolean;
  atEnd(): boolean;
}

function readerOf(points: readonly string[]): Reader {
  let at = 0;
  return {
    peek: () => points[at],
    next: () => {
      const character = points[at];
      if (character === undefined) throw new Refused('it ends too early');
      at += 1;
      return character;
    },
    take: (character) => {
      const found = points[at] === character;
      if (found) at += 1;
      return found;
    },
    atEnd: () => at >= points.length,
  };
}

/** Deepest nesting of parentheses: recursion is bounded. */
const DEEPEST = 50;

function readChoice(reader: Reader, depth = 0): Regex {
  if (depth > DEEPEST) throw new Refused('it is nested too deeply');
  const options = [readCommon(reader, depth)];
  while (reader.take('|')) {
    if (reader.atEnd()) throw new Refused('nothing stands beside a `|`');
    options.push(readCommon(reader, depth));
  }
  const [only] = options;
  return only && options.length === 1 ? only : { kind: 'choice', options };
}

/** `a&b` matches what both match. */
function readCommon(reader: Reader, depth: number): Regex {
  let regex = readSequence(reader, depth);
  while (reader.take('&')) {
    if (reader.atEnd()) throw new Refused('nothing stands beside an `&`');
    regex = withinSize(intersectionOf(regex, readSequence(reader, depth), LARGEST));
  }
  return regex;
}

function withinSize(regex: Regex | null): Regex {
  if (regex === null) throw new Refused('what `&` and `~` make of it is too large');
  return regex;
}

/** Of an alternative Lucene takes the first character whatever it is: in `a||b` the second `|` stands for itself. */
function readSequence(reader: Reader, depth: number): Regex {
  const parts: Regex[] = [];
  do {
    parts.push(readRepeated(reader, depth));
  } while (!reader.atEnd() && !/^[|&)]$/.test(reader.peek() ?? ''));
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'sequence', parts };
}

/** Most repetitions of repetitions: engines bound how deep expressions are nested. */
const MOST_REPEATS = 10;

function readRepeated(reader: Reader, depth: number): Regex {
  let regex = readAtom(reader, depth);
  for (let count = 0; count <= MOST_REPEATS; count += 1) {
    if (reader.take('?')) regex = { kind: 'repeat', of: regex, least: 0, most: 1 };
    else if (reader.take('*')) regex = { kind: 'repeat', of: regex, least: 0, most: null };
    else if (reader.take('+')) regex = { kind: 'repeat', of: regex, least: 1, most: null };
    else if (reader.take('{')) regex = { kind: 'repeat', of: regex, ...readTimes(reader) };
    else return regex;
  }
  throw new Refused('too many repetitions of repetitions');
}

function readTimes(reader: Reader): { readonly least: number; readonly most: number | null } {
  const least = readNumber(reader);
  const most = reader.take(',') ? (reader.peek() === '}' ? null : readNumber(reader)) : least;
  if (!reader.take('}')) throw new Refused('a `{` is not closed');
  if (most !== null && most < least) throw new Refused(`{${least},${most}} counts down`);
  if (Math.max(least, most ?? 0) > 1000) throw new Refused('more than 1000 repetitions');
  return { least, most };
}

function readNumber(reader: Reader): number {
  let digits = '';
  while (/^[0-9]$/.test(reader.peek() ?? '')) digits += reader.next();
  if (digits === '') throw new Refused('a number is expected behind `{`');
  return Number(digits);
}

function readAtom(reader: Reader, depth: number): Regex {
  const character = reader.next();
  const unsupported = UNSUPPORTED[character];
  if (unsupported !== undefined) throw new Refused(`${unsupported} is not supported`);
  switch (character) {
    case '.':
      return ANY_POINT;
    case '@':
      return { kind: 'repeat', of: ANY_POINT, least: 0, most: null };
    case '"':
      return readQuoted(reader);
    case '[':
      return readSet(reader);
    case '(':
      return readGroup(reader, depth);
    case '\\':
      return readEscape(reader);
    case '#':
      return NO_TEXT;
    case '~':
      if (depth > DEEPEST) throw new Refused('it is nested too deeply');
      return withinSize(complementOf(readAtom(reader, depth + 1), LARGEST));
    default:
      // Lucene takes an operator with nothing before it for the character.
      return literal(character);
  }
}

const literal = (character: string): Regex => ({ kind: 'set', ranges: [pointOf(character)], negated: false });

const pointOf = (character: string): Range => {
  const code = character.codePointAt(0) ?? 0;
  return [code, code];
};

const NOTHING: Regex = { kind: 'sequence', parts: [] };

function readGroup(reader: Reader, depth: number): Regex {
  if (reader.take(')')) return NOTHING;
  const inner = readChoice(reader, depth + 1);
  if (!reader.take(')')) throw new Refused('a `(` is not closed');
  return inner;
}

function readQuoted(reader: Reader): Regex {
  const parts: Regex[] = [];
  while (!reader.take('"')) parts.push(literal(reader.next()));
  return { kind: 'sequence', parts };
}

function readEscape(reader: Reader): Regex {
  const character = reader.next();
  const ranges = CLASSES[character.toLowerCase()];
  if (ranges === undefined) return literal(character);
  return { kind: 'set', ranges, negated: character !== character.toLowerCase() };
}

function readSet(reader: Reader): Regex {
  const negated = reader.take('^');
  const ranges: Range[] = [];
  do {
    ranges.push(...readRange(reader));
  } while (!reader.take(']'));
  return { kind: 'set', ranges, negated };
}

function readRange(reader: Reader): readonly Range[] {
  const first = reader.next();
  const known = first === '\\' ? CLASSES[reader.peek() ?? ''] : undefined;
  if (first === '\\' && /^[DSW]$/.test(reader.peek() ?? ''))
    throw new Refused('a negated class inside [ ] is not supported');
  if (known !== undefined) {
    reader.next();
    return known;
  }
  const [start] = pointOf(first === '\\' ? reader.next() : first);
  if (!reader.take('-')) return [[start, start]];
  // In front of the end a hyphen is itself.
  if (reader.peek() === ']') return [[start, start], pointOf('-')];
  const last = reader.next();
  const [end] = pointOf(last === '\\' ? reader.next() : last);
  if (end < start) throw new Refused(`[${first}-${last}] runs backwards`);
  return [[start, end]];
}
