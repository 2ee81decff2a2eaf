import type { Range, RegexSet } from '#shared/plan/regex.ts';
import { caseless, complement, LETTER_CLASSES, POSIX_CLASSES } from './character-sets.ts';
import { pointOf, Refused } from './pattern-reader.ts';
import { type Dialect, type Flags, nested, type State } from './search-state.ts';

export const setOf = (ranges: readonly Range[], { ignoreCase }: Flags): RegexSet => ({
  kind: 'set',
  ranges: ignoreCase ? caseless(ranges) : ranges,
  negated: false,
});

const SIMPLE: ReadonlyMap<string, string> = new Map(
  Object.entries({ t: '\t', n: '\n', r: '\r', f: '\f', a: '\x07', e: '\x1b' }),
);
const HORIZONTAL: Readonly<Record<Dialect, readonly Range[]>> = {
  java: [0x9, 0x20, 0xa0, 0x1680, 0x180e, 0x202f, 0x205f, 0x3000]
    .map((code): Range => [code, code])
    .concat([[0x2000, 0x200a]]),
  grok: POSIX_CLASSES.get('xdigit') ?? [],
};

/** What stands behind a backslash, in a set or outside. */
export function readEscapedSet({ reader, dialect }: State): readonly Range[] {
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
export function readSet(state: State): readonly Range[] {
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
