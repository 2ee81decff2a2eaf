import { fail, type Result, succeed } from '#shared/base/result.ts';
import { wellFormed } from '#shared/base/text.ts';
import { type Range, type Regex, type RegexPlace, type RegexSet, sizeOf } from '#shared/plan/regex.ts';
import { caseless, complement, LETTER_CLASSES, POSIX_CLASSES } from './character-sets.ts';
import { GROK_PATTERNS } from './grok-patterns.ts';
import { literalPoint, pointOf, type Reader, Refused, readerOf, timesOf } from './pattern-reader.ts';

/** Java's expressions, as `replace` and `split` take them, or those of Oniguruma with `%{NAME:field:type}`, as GROK does. */
export type Dialect = 'java' | 'grok';

export interface SearchPattern {
  readonly regex: Regex;
  /** Captures in order of their number, which counts from 1. */
  readonly captures: readonly Capture[];
}

export interface Capture {
  /** Null for a group without one. */
  readonly name: string | null;
  /** What GROK shall read the text as. */
  readonly type: string | null;
}

/** Longest expression, repetitions written out, that searching stays quick for. */
const LARGEST = 10_000;
const LONGEST = 4_000;
/** Deepest nesting of groups and named patterns: recursion is bounded. */
const DEEPEST = 40;

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly lines: boolean;
}

interface State {
  readonly reader: Reader;
  readonly dialect: Dialect;
  readonly captures: Capture[];
  flags: Flags;
  readonly depth: number;
}

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

const nested = (state: State, change: Partial<State> = {}): State => {
  if (state.depth >= DEEPEST) throw new Refused('it is nested too deeply');
  return { ...state, ...change, depth: state.depth + 1 };
};

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

/** Most repetitions of repetitions. */
const MOST_REPEATS = 5;

function readRepeats(atom: Regex, { reader, dialect }: State): Regex {
  let regex = atom;
  for (let count = 0; count <= MOST_REPEATS; count += 1) {
    const times = readTimes(reader, dialect);
    if (!times) return regex;
    if (reader.take('+')) return possessive(regex, times);
    const lazy = reader.take('?');
    regex = { kind: 'repeat', of: regex, ...times, ...(lazy && { lazy: true as const }) };
  }
  throw new Refused('too many repetitions of repetitions');
}

/** `\w++` gives nothing back: behind it stands nothing that it would have taken. */
function possessive(of: Regex, times: Times): Regex {
  const ranges = rangesOf(of);
  if (ranges === null || times.most !== null)
    throw new Refused('possessive repetition of more than a set, or with a highest number, is not supported');
  const set: RegexSet = { kind: 'set', ranges, negated: false };
  return {
    kind: 'sequence',
    parts: [
      { kind: 'repeat', of, ...times },
      { kind: 'look', side: 'ahead', set, absent: true },
    ],
  };
}

type Times = ReturnType<typeof timesOf>;

function readTimes(reader: Reader, dialect: Dialect): Times | null {
  if (reader.take('?')) return { least: 0, most: 1 };
  if (reader.take('*')) return { least: 0, most: null };
  if (reader.take('+')) return { least: 1, most: null };
  if (reader.peek() !== '{') return null;
  const counted = reader.match(/^\{(\d{0,5})(,?)(\d{0,5})\}/);
  if (counted && (counted[1] || (dialect === 'grok' && counted[3]))) {
    return timesOf(counted[1] ?? '', counted[2] === ',', counted[3] ?? '');
  }
  throw new Refused('a `{` needs a number and a `}`, or a backslash before it');
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

const setOf = (ranges: readonly Range[], { ignoreCase }: Flags): RegexSet => ({
  kind: 'set',
  ranges: ignoreCase ? caseless(ranges) : ranges,
  negated: false,
});

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

/** What an expression of one code point takes; null for any other. */
function rangesOf(regex: Regex): readonly Range[] | null {
  if (regex.kind === 'set') return regex.negated ? complement(regex.ranges) : regex.ranges;
  if (regex.kind !== 'choice') return null;
  const options = regex.options.map(rangesOf);
  return options.every((option) => option !== null) ? options.flat() : null;
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

const SIMPLE: ReadonlyMap<string, string> = new Map(
  Object.entries({ t: '\t', n: '\n', r: '\r', f: '\f', a: '\x07', e: '\x1b' }),
);
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

const HORIZONTAL: Readonly<Record<Dialect, readonly Range[]>> = {
  java: [0x9, 0x20, 0xa0, 0x1680, 0x180e, 0x202f, 0x205f, 0x3000]
    .map((code): Range => [code, code])
    .concat([[0x2000, 0x200a]]),
  grok: POSIX_CLASSES.get('xdigit') ?? [],
};

/** What stands behind a backslash, in a set or outside. */
function readEscapedSet({ reader, dialect }: State): readonly Range[] {
  const code = reader.match(/^(?:x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/);
  if (code) return [codePoint(code[1] ?? code[2] ?? code[3] ?? '')];
  const property = reader.match(/^([pP])\{(\w+)\}/);
  if (property) return propertyOf(property[1] === 'P', property[2] ?? '');
  const character = reader.next();
  const known = character.toLowerCase() === 'h' ? HORIZONTAL[dialect] : LETTER_CLASSES.get(character.toLowerCase());
  if (known) return character === character.toLowerCase() ? known : complement(known);
  if (character === 'v')
    return dialect === 'java'
      ? [
          [0xa, 0xd],
          [0x85, 0x85],
          [0x2028, 0x2029],
        ]
      : [[0xb, 0xb]];
  const simple = SIMPLE.get(character);
  if (simple !== undefined) return [pointOf(simple)];
  if (/^[0-9]$/.test(character)) throw new Refused('references back to a group are not supported');
  if (/^[a-zA-Z]$/.test(character)) throw new Refused(`\\${character} is not supported`);
  return [pointOf(character)];
}

function codePoint(hexadecimal: string): Range {
  const code = Number.parseInt(hexadecimal, 16);
  if (code > 0x10ffff) throw new Refused(`there is no character ${hexadecimal}`);
  return [code, code];
}

/** `\p{Alpha}` and its like: Java's classes of ASCII. */
function propertyOf(negated: boolean, name: string): readonly Range[] {
  const ranges = POSIX_CLASSES.get(name.toLowerCase());
  if (!ranges) throw new Refused(`the class \\p{${name}} is not supported`);
  return negated ? complement(ranges) : ranges;
}

/** The code points of a set whose `[` is read. */
function readSet(state: State): readonly Range[] {
  const { reader } = state;
  const negated = reader.take('^');
  const ranges: Range[] = [];
  do {
    ranges.push(...readMember(state));
  } while (!reader.take(']'));
  const seen = state.flags.ignoreCase ? caseless(ranges) : ranges;
  return negated ? complement(seen) : seen;
}

function readMember(state: State): readonly Range[] {
  const { reader } = state;
  const posix = reader.match(/^\[:(\^?)(\w+):\]/);
  if (posix) return propertyOf(posix[1] === '^', posix[2] ?? '');
  if (reader.take('&&')) throw new Refused('intersections of sets, &&, are not supported');
  if (reader.take('[')) return readSet(nested(state));
  const first = readBound(state);
  const [only, ...more] = first;
  const single = only !== undefined && more.length === 0 && only[0] === only[1];
  if (reader.peek() !== '-' || reader.peek(1) === ']' || !single) return first;
  reader.next();
  if (reader.peek() === '[') return [...first, pointOf('-')];
  const [last, ...others] = readBound(state);
  if (!last || others.length > 0 || last[0] !== last[1])
    return [...first, pointOf('-'), ...(last ? [last, ...others] : [])];
  if (last[1] < only[0]) throw new Refused('a range of a set runs backwards');
  return [[only[0], last[1]]];
}

const readBound = (state: State): readonly Range[] => {
  const character = state.reader.next();
  if (character !== '\\') return [pointOf(character)];
  if (state.reader.take('b')) return [[8, 8]];
  return readEscapedSet(state);
};
