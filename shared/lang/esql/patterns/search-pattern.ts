import { fail, type Result, succeed } from '#shared/base/result.ts';
import { wellFormed } from '#shared/base/text.ts';
import { type Range, type Regex, type RegexPlace, sizeOf } from '#shared/plan/regex.ts';
import { GROK_PATTERNS } from './grok-patterns.ts';
import { literalPoint, pointOf, Refused, readerOf } from './pattern-reader.ts';
import { rangesOf, readRepeats } from './search-repeats.ts';
import { readEscapedSet, readSet, setOf } from './search-sets.ts';
import { type Capture, type Dialect, type Flags, nested, type State } from './search-state.ts';

export interface SearchPattern {
  readonly regex: Regex;
  /** Captures in order of their number, which counts from 1. */
  readonly captures: readonly Capture[];
}

/** Longest expression, repetitions written out, that searching stays quick for. */
const LARGEST = 10_000;
const LONGEST = 4_000;
/**
 * An expression to be searched for anywhere in a text. Classes such as `\d` and letters without regard to case are those of
 * ASCII. What neither executor has (references back, atomic groups, looking ahead for more than one character) is refused; the
 * error says what.
 */
export function parseSearchPattern(text: string, dialect: Dialect): Result<SearchPattern, string> {
  const points = [...wellFormed(text)];
  if (points.length > LONGEST) return fail('it is too long');
  const flags = { ignoreCase: false, dotAll: false, lines: dialect === 'grok' };
  const state: State = { reader: readerOf(points), dialect, captures: [], flags, depth: 0 };
  try {
    const regex = readChoice(state);
    if (!state.reader.atEnd()) throw new Refused(`\`${state.reader.peek()}\` closes nothing`);
    return sizeOf(regex) > LARGEST ? fail('it is too large') : succeed({ regex, captures: state.captures });
  } catch (error) {
    if (error instanceof Refused) return fail(error.message);
    throw error;
  }
}

function readChoice(state: State): Regex {
  const options = [readSequence(state)];
  while (state.reader.take('|')) options.push(readSequence(state));
  const [only] = options;
  return only && options.length === 1 ? only : { kind: 'choice', options };
}

function readSequence(state: State): Regex {
  const { reader } = state;
  const parts: Regex[] = [];
  while (!reader.atEnd() && reader.peek() !== '|' && reader.peek() !== ')') {
    const atom = readAtom(state);
    if (atom) parts.push(readRepeats(atom, state));
  }
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'sequence', parts };
}

/** Null for what takes no part in the match: a comment, a change of flags. */
function readAtom(state: State): Regex | null {
  const { reader, flags } = state;
  if (state.dialect === 'grok' && reader.peek() === '%' && reader.peek(1) === '{') return readNamed(state);
  const character = reader.next();
  switch (character) {
    case '.':
      return { kind: 'set', ranges: flags.dotAll ? [] : LINE_ENDS[state.dialect], negated: true };
    case '^':
      return placeAt(flags.lines ? 'line-start' : 'text-start');
    case '$':
      return placeAt(flags.lines ? 'line-end' : 'text-end');
    case '[':
      return setOf(readSet(state), flags);
    case '(':
      return readGroup(state);
    case '\\':
      return readEscape(state);
    case '?':
    case '*':
    case '+':
      throw new Refused(`nothing stands before \`${character}\``);
    default:
      return setOf([pointOf(character)], flags);
  }
}

const LINE_ENDS: Readonly<Record<Dialect, readonly Range[]>> = {
  java: [
    [0xa, 0xa],
    [0xd, 0xd],
    [0x85, 0x85],
    [0x2028, 0x2029],
  ],
  grok: [[0xa, 0xa]],
};

const placeAt = (at: RegexPlace): Regex => ({ kind: 'place', at });

const FLAGS = /^\?([imsx]*)(?:-([imsx]*))?([:)])/;

function readGroup(state: State): Regex | null {
  const { reader } = state;
  if (reader.take('?#')) {
    while (reader.next() !== ')');
    return null;
  }
  const named = reader.match(/^\?(?:<([\w.@-]+)>|'([\w.@-]+)')/);
  if (named) return readCapture(state, { name: named[1] ?? named[2] ?? null, type: null }, readInside);
  if (reader.take('?:')) return readInside(nested(state));
  const look = reader.match(/^\?(<?)([=!])/);
  if (look) return readLook(state, look[1] === '<' ? 'behind' : 'ahead', look[2] === '!');
  if (reader.take('?>')) throw new Refused('atomic groups, (?>…), are not supported');
  const change = reader.match(FLAGS);
  if (change) return readFlags(state, change);
  if (reader.peek() === '?') throw new Refused('this kind of group is not supported');
  if (state.dialect === 'grok') return readInside(nested(state));
  return readCapture(state, { name: null, type: null }, readInside);
}

function readInside(state: State): Regex {
  const inner = readChoice(state);
  if (!state.reader.take(')')) throw new Refused('a `(` is not closed');
  return inner;
}

function readCapture(state: State, capture: Capture, read: (state: State) => Regex): Regex {
  const index = state.captures.push(capture);
  return { kind: 'capture', index, of: read(nested(state)) };
}

/** `(?i)` holds to the end of its group, `(?i:…)` inside of it. */
function readFlags(state: State, [, on = '', off = '', end]: RegExpExecArray): Regex | null {
  if (/x/.test(on)) throw new Refused('(?x) is not supported');
  const value = (letter: string, before: boolean): boolean => (on.includes(letter) || before) && !off.includes(letter);
  const { ignoreCase, dotAll, lines } = state.flags;
  const flags: Flags =
    state.dialect === 'java'
      ? { ignoreCase: value('i', ignoreCase), dotAll: value('s', dotAll), lines: value('m', lines) }
      : { ignoreCase: value('i', ignoreCase), dotAll: value('m', dotAll), lines };
  if (end === ':') return readInside(nested(state, { flags }));
  state.flags = flags;
  return null;
}

function readLook(state: State, side: 'ahead' | 'behind', absent: boolean): Regex {
  const ranges = rangesOf(readInside(nested(state)));
  if (ranges === null) throw new Refused('looking ahead or behind for more than one character is not supported');
  return { kind: 'look', side, set: { kind: 'set', ranges, negated: false }, absent };
}

const NAMED = /^%\{(\w+)(?::([\w@.[\]-]+)(?::(\w+))?)?\}/;

/** `%{NAME:field:type}`: a pattern of the library, captured where it names a field. */
function readNamed(state: State): Regex {
  const [, name = '', field, type] = state.reader.match(NAMED) ?? [];
  const pattern = GROK_PATTERNS.get(name);
  if (name === '') throw new Refused('a `%{` needs a pattern’s name, as in %{WORD:field}');
  if (pattern === undefined) throw new Refused(`there is no pattern named ${name}`);
  const read = (inner: State): Regex => {
    const within: State = { ...inner, reader: readerOf([...pattern]), flags: { ...inner.flags, ignoreCase: false } };
    return readChoice(within);
  };
  return field === undefined ? read(nested(state)) : readCapture(state, { name: field, type: type ?? null }, read);
}

const PLACES: ReadonlyMap<string, RegexPlace> = new Map<string, RegexPlace>([
  ['A', 'text-start'],
  ['z', 'text-end'],
  ['Z', 'text-end'],
  ['b', 'word-edge'],
  ['B', 'no-word-edge'],
]);

function readEscape(state: State): Regex {
  const { reader, flags } = state;
  if (state.dialect === 'java' && reader.take('Q')) return readQuoted(state);
  const place = PLACES.get(reader.peek() ?? '');
  if (place) {
    reader.next();
    return placeAt(place);
  }
  return setOf(readEscapedSet(state), flags);
}

function readQuoted({ reader }: State): Regex {
  const parts: Regex[] = [];
  while (!reader.atEnd() && !reader.take('\\E')) parts.push(literalPoint(reader.next()));
  return { kind: 'sequence', parts };
}
