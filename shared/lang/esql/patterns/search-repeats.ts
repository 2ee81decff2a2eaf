import type { Range, Regex, RegexSet } from '#shared/plan/regex.ts';
import { complement } from './character-sets.ts';
import { type Reader, Refused, timesOf } from './pattern-reader.ts';
import type { Dialect, State } from './search-state.ts';

/** Most repetitions of repetitions. */
const MOST_REPEATS = 5;

/** The repetitions behind what is read, with these. */
export function readRepeats(atom: Regex, { reader, dialect }: State): Regex {
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

/** What an expression of one code point takes; null for any other. */
export function rangesOf(regex: Regex): readonly Range[] | null {
  if (regex.kind === 'set') return regex.negated ? complement(regex.ranges) : regex.ranges;
  if (regex.kind !== 'choice') return null;
  const options = regex.options.map(rangesOf);
  return options.every((option) => option !== null) ? options.flat() : null;
}
