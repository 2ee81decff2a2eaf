import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { shapePattern } from '#shared/exceptions/shape-pattern.ts';
import { escapeExceptionPattern, exceptionPattern } from '#shared/exceptions/wildcard.ts';
import { matchesPattern } from '#shared/plan/match-pattern.ts';
import { type Bits, bitsOf } from './bits.ts';
import { stopping, type Work } from './in-turns.ts';
import type { JudgedAlert } from './judged-alert.ts';

/** A condition that a suggestion may be made of. */
export interface Candidate {
  readonly entry: ExceptionEntry & { readonly type: 'match' | 'wildcard' };
  /** Names it, and puts those alike in an order. */
  readonly key: string;
  /** The narrower the better: a value, then values of one shape, then all below a directory. */
  readonly width: 0 | 1 | 2;
}

/** Conditions with the alerts that they hold for. */
export interface Held extends Candidate {
  readonly noise: Bits;
  readonly kept: Bits;
}

const included = (type: 'match' | 'wildcard', field: string, value: string): Candidate['entry'] => ({
  type,
  field,
  operator: 'included',
  value,
});

const candidate = (entry: Candidate['entry'], width: Candidate['width']): Candidate => ({
  entry,
  width,
  key: JSON.stringify([entry.field, width, entry.value]),
});

/** Paths are read by their directories; in a command line a slash means less. */
const isPath = (field: string): boolean => /\.(?:executable|working_directory)$/.test(field);

/** Of each alert, the conditions that hold for it by one of its facts; the same condition is one object. */
export function* candidatesOf(alerts: readonly JudgedAlert[]): Work<readonly (readonly Candidate[])[]> {
  const known = new Map<string, readonly Candidate[]>();
  const same = new Map<string, Candidate>();
  const all: (readonly Candidate[])[] = [];
  yield* stopping(alerts, ({ facts }) =>
    all.push(
      [...facts].flatMap(([field, value]) => {
        const name = `${field} ${value}`;
        const found = known.get(name) ?? candidatesFor(field, value).map((one) => same.get(one.key) ?? one);
        known.set(name, found);
        for (const one of found) same.set(one.key, one);
        return found;
      }),
    ),
  );
  return all;
}

function candidatesFor(field: string, value: string): readonly Candidate[] {
  const found = [candidate(included('match', field, value), 0)];
  const shaped = shapePattern(value);
  if (shaped !== null) found.push(candidate(included('wildcard', field, shaped), 1));
  const below = isPath(field) ? belowDirectory(value) : filesNamed(value);
  if (below !== null) found.push(candidate(included('wildcard', field, below), 2));
  return found;
}

/** All below the directory of a path. Below the first directories of a system lies everything. */
function belowDirectory(path: string): string | null {
  const directory = /^(\/[^/]+\/[^/]+(?:\/.+)?)\/[^/]+$/.exec(path)?.[1];
  return directory === undefined ? null : `${escapeExceptionPattern(directory)}/*`;
}

/** A file that a command names, deep enough to be somebody's own: its directory, its name up to the ending, the ending. */
const NAMED_FILE = /(?<=\s)(\/(?:[^\s/'"]+\/){2,})[^\s/'"]+?(\.\w+)?(?=$|[\s'"])/g;

/** The command with other files of the same directories and endings. */
function filesNamed(command: string): string | null {
  let from = 0;
  const parts: string[] = [];
  for (const { 0: whole, 1: directory = '', 2: ending = '', index } of command.slice(0, READ).matchAll(NAMED_FILE)) {
    parts.push(escapeExceptionPattern(command.slice(from, index) + directory), '*', escapeExceptionPattern(ending));
    from = index + whole.length;
  }
  return parts.length === 0 ? null : [...parts, escapeExceptionPattern(command.slice(from))].join('');
}

/** Attackers choose how long a command is. */
const READ = 2048;

type Places = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;

function* placesOf(alerts: readonly JudgedAlert[]): Work<Places> {
  const places = new Map<string, Map<string, number[]>>();
  yield* stopping(alerts.entries(), ([number, { facts }]) => {
    for (const [field, value] of facts) {
      const values = places.get(field) ?? new Map<string, number[]>();
      places.set(field, values);
      const numbers = values.get(value) ?? [];
      values.set(value, numbers);
      numbers.push(number);
    }
  });
  return places;
}

/** Which of the alerts a condition holds for; each is looked at once. */
export function* holder(noise: readonly JudgedAlert[], kept: readonly JudgedAlert[]): Work<(one: Candidate) => Held> {
  const [noisePlaces, keptPlaces] = [yield* placesOf(noise), yield* placesOf(kept)];
  const known = new Map<string, Held>();
  return (one) => {
    const held = known.get(one.key) ?? {
      ...one,
      noise: bitsOf(noise.length, numbersFor(one, noisePlaces)),
      kept: bitsOf(kept.length, numbersFor(one, keptPlaces)),
    };
    known.set(one.key, held);
    return held;
  };
}

function numbersFor({ entry }: Candidate, places: Places): readonly number[] {
  const values = places.get(entry.field) ?? new Map<string, readonly number[]>();
  if (entry.type === 'match') return values.get(entry.value) ?? [];
  const pattern = exceptionPattern(entry.value);
  const [begins] = pattern;
  return [...values].flatMap(([value, numbers]) =>
    (typeof begins !== 'string' || value.startsWith(begins)) && matchesPattern(pattern, value) ? numbers : [],
  );
}
