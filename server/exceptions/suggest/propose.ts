import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { type Bits, bitsOf, both, isEmpty, numbersIn, without } from './bits.ts';
import { type Candidate, candidatesOf, type Held, holder } from './candidates.ts';
import { bestCover } from './cover.ts';
import { stopping, type Work } from './in-turns.ts';
import { type JudgedAlert, judgedByLikeness } from './judged-alert.ts';
import { type Found, withValueSets } from './value-sets.ts';

/** Conditions that hold for false positives, and for nothing that must stay. */
export interface Proposal {
  readonly entries: readonly ExceptionEntry[];
  /** Ids of the false positives that they hold for. */
  readonly covered: readonly string[];
  /** What else all of these have in common: with it, the exception is narrower and hides as many. */
  readonly shared: readonly ExceptionEntry[];
}

/** One false positive is an alert to close, not a pattern. */
const LEAST = 2;
const MOST_PROPOSALS = 8;
/** Candidates of a field and width that are combined: the rest holds for fewer alerts. */
const MOST_ALIKE = 12;
/** False positives without a pattern that are looked at for values of one kind. */
const MOST_SINGLE = 200;

/**
 * What would leave out the false positives among a rule's alerts: the fewest exceptions that a greedy choice of the best next
 * one finds, each of the fewest conditions that hold for no alert that must stay; those that differ by one value are one with a
 * set of values. The same alerts in any order give the same.
 */
export function* proposeExceptions(judged: readonly JudgedAlert[], most = MOST_PROPOSALS): Work<readonly Proposal[]> {
  const alerts = judgedByLikeness(judged);
  const noise = alerts.filter(({ stand }) => stand === 'noise').toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const kept = alerts.filter(({ stand }) => stand === 'kept');
  const hold = yield* holder(noise, kept);
  const candidates = yield* candidatesOf(noise);
  const everyKept = bitsOf(kept.length, kept.keys());
  const found: Found[] = [];
  let left: Bits = bitsOf(noise.length, noise.keys());
  const take = function* (some: readonly Candidate[], wanted: Bits, least: number): Work<boolean> {
    const held: Held[] = [];
    yield* stopping(some, (one) => held.push(hold(one)), 1);
    const cover = yield* bestCover(held, wanted, everyKept, least);
    if (!cover) return false;
    const all = heldByAll(cover.conditions, noise.length);
    const conditions = cover.conditions.toSorted((one, other) => (one.key < other.key ? -1 : 1));
    found.push({ entries: conditions.map(({ entry }) => entry), noise: all });
    left = without(left, all);
    return true;
  };
  let isPattern = true;
  while (isPattern && found.length < most && !isEmpty(left)) {
    isPattern = yield* take(yield* commonest(candidates, left), left, LEAST);
  }
  // What is left has no pattern, unless there were too many: some of it may differ by one value only.
  for (const number of isPattern ? [] : numbersIn(left).slice(0, MOST_SINGLE)) {
    const only = bitsOf(noise.length, [number]);
    if (!isEmpty(both(only, left))) yield* take(candidates[number] ?? [], only, 1);
  }
  return withValueSets(found)
    .map(({ entries, noise: held }): Proposal => {
      const covered = numbersIn(held).flatMap((number) => noise[number] ?? []);
      return { entries, covered: covered.map(({ id }) => id), shared: sharedBy(covered, entries) };
    })
    .filter(({ covered }) => covered.length >= LEAST)
    .toSorted((one, other) => other.covered.length - one.covered.length)
    .slice(0, most);
}

/** The conditions that hold for most of the alerts that are left, some of each field and width. */
function* commonest(candidates: readonly (readonly Candidate[])[], left: Bits): Work<readonly Candidate[]> {
  const counts = new Map<Candidate, number>();
  yield* stopping(numbersIn(left), (number) => {
    for (const candidate of candidates[number] ?? []) counts.set(candidate, (counts.get(candidate) ?? 0) + 1);
  });
  const order = [...counts]
    .filter(([, count]) => count >= LEAST)
    .sort(([one, few], [other, many]) => many - few || (one.key < other.key ? -1 : 1));
  const taken = new Map<string, number>();
  return order.flatMap(([candidate]) => {
    const kind = `${candidate.entry.field} ${candidate.width}`;
    const before = taken.get(kind) ?? 0;
    taken.set(kind, before + 1);
    return before < MOST_ALIKE ? [candidate] : [];
  });
}

function heldByAll(conditions: readonly Held[], limit: number): Bits {
  const every = bitsOf(limit, Array(limit).keys());
  return conditions.reduce((bits, { noise }) => both(bits, noise), every);
}

/** What says where something ran, the most telling first; more than a few make no better exception. */
const PLACES = [
  'process.parent.executable',
  'process.working_directory',
  'user.name',
  'process.executable',
  'host.name',
];
const MOST_SHARED = 3;

/** Facts that these alerts agree on, and that are not asked yet. */
function sharedBy(alerts: readonly JudgedAlert[], entries: readonly ExceptionEntry[]): readonly ExceptionEntry[] {
  const [first, ...others] = alerts;
  const asked = new Set(entries.map(({ field }) => field));
  return PLACES.flatMap((field): ExceptionEntry[] => {
    const value = first?.facts.get(field);
    if (value === undefined || asked.has(field) || others.some(({ facts }) => facts.get(field) !== value)) return [];
    return [{ type: 'match', field, operator: 'included', value }];
  }).slice(0, MOST_SHARED);
}
