import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { type Bits, bitsOf, both, isEmpty, numbersIn, without } from './bits.ts';
import { type Candidate, candidatesOf, type Held, holder } from './candidates.ts';
import { bestCover } from './cover.ts';
import { type JudgedAlert, judgedByLikeness } from './judged-alert.ts';

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

/**
 * What would leave out the false positives among a rule's alerts: the fewest exceptions that a greedy choice of the best next
 * one finds, each of the fewest conditions that hold for no alert that must stay. The same alerts in any order give the same.
 */
export function proposeExceptions(judged: readonly JudgedAlert[], most = MOST_PROPOSALS): readonly Proposal[] {
  const alerts = judgedByLikeness(judged).toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const noise = alerts.filter(({ stand }) => stand === 'noise');
  const kept = alerts.filter(({ stand }) => stand === 'kept');
  const hold = holder(noise, kept);
  const candidates = candidatesOf(noise);
  const everyKept = bitsOf(kept.length, kept.keys());
  const proposals: Proposal[] = [];
  let left: Bits = bitsOf(noise.length, noise.keys());
  while (proposals.length < most && !isEmpty(left)) {
    const cover = bestCover(commonest(candidates, left).map(hold), left, everyKept, LEAST);
    if (!cover) break;
    const all = heldByAll(cover.conditions, noise.length);
    proposals.push({
      entries: cover.conditions.map(({ entry }) => entry),
      covered: numbersIn(all).flatMap((number) => noise[number]?.id ?? []),
      shared: sharedBy(
        numbersIn(all).flatMap((number) => noise[number] ?? []),
        cover.conditions,
      ),
    });
    left = without(left, all);
  }
  return proposals.toSorted((one, other) => other.covered.length - one.covered.length);
}

/** The conditions that hold for most of the alerts that are left, some of each field and width. */
function commonest(candidates: ReturnType<typeof candidatesOf>, left: Bits): readonly Candidate[] {
  const counts = new Map<Candidate, number>();
  for (const number of numbersIn(left)) {
    for (const candidate of candidates[number] ?? []) counts.set(candidate, (counts.get(candidate) ?? 0) + 1);
  }
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
function sharedBy(alerts: readonly JudgedAlert[], conditions: readonly Held[]): readonly ExceptionEntry[] {
  const [first, ...others] = alerts;
  const asked = new Set(conditions.map(({ entry }) => entry.field));
  return PLACES.flatMap((field): ExceptionEntry[] => {
    const value = first?.facts.get(field);
    if (value === undefined || asked.has(field) || others.some(({ facts }) => facts.get(field) !== value)) return [];
    return [{ type: 'match', field, operator: 'included', value }];
  }).slice(0, MOST_SHARED);
}
