import type * as z from 'zod';
import { occurrenceId } from '#server/rules/identity.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { DifferenceExample, differenceSchema } from '#shared/api/tuning.ts';
import { must } from '#shared/base/assert.ts';
import { type Description, describe } from './described-alerts.ts';
import type { ReplayedAlert, ReplayedAlerts } from './replayed-alert.ts';
import { type StoredVerdict, verdictsByKeys } from './verdicts.ts';

export interface Difference extends z.output<typeof differenceSchema> {
  /** Digests of rule and keys of what is removed. */
  readonly removedKeys: readonly string[];
}

/** Examples of each kind, and names of hosts and parents, that the answer has. */
const EXAMPLES = 20;
const NAMES = 10;

type Change = readonly [keys: string, alert: ReplayedAlert];

/** What a replay with a change has other than one without; two alerts are the same where rule and keys are. */
export async function differenceOf(
  { state, store }: { readonly state: StateReader; readonly store: EventStore },
  without: ReplayedAlerts,
  withChange: ReplayedAlerts,
  newTerms: boolean,
): Promise<Difference> {
  const { removed, created, kept, changed, renewed } = compared(without, withChange, newTerms);
  const verdicts = await verdictsByKeys(state, [...without.keys(), ...created.map(([keys]) => keys)]);
  const worst = removed.toSorted((left, right) => weight(verdicts, right[0]) - weight(verdicts, left[0]));
  const shown = { removed: worst, created, changed };
  const shownOf = (kind: keyof typeof shown): readonly Change[] => shown[kind].slice(0, EXAMPLES);
  const told = await describe(store, [...removed, ...shownOf('created'), ...shownOf('changed')]);
  const examples = (kind: keyof typeof shown) => shownOf(kind).map((one) => exampleOf(one, verdicts, told));
  return {
    removed: removed.length,
    kept: kept.length,
    created: created.length,
    changed: changed.length,
    renewed,
    removedKeys: removed.map(([keys]) => keys),
    removedExamples: examples('removed'),
    createdExamples: examples('created'),
    changedExamples: examples('changed'),
    verdicts: {
      removed: countVerdicts(removed, verdicts),
      kept: countVerdicts(kept, verdicts),
      changed: countVerdicts(changed, verdicts),
      created: countVerdicts(created, verdicts),
    },
    removedTruePositives: removed.filter(([keys]) => verdicts.get(keys)?.truePositive === true).length,
    hosts: tally(removed.flatMap(([keys]) => told.get(keys)?.hosts ?? [])),
    parents: tally(removed.flatMap(([keys]) => told.get(keys)?.parent ?? [])),
  };
}

/** The bare comparison, of which the rest is counting. */
export function compared(without: ReplayedAlerts, withChange: ReplayedAlerts, newTerms: boolean) {
  const removed = [...without].filter(([keys]) => !withChange.has(keys));
  const created = [...withChange].filter(([keys]) => !without.has(keys));
  const kept = [...without].filter(([keys]) => withChange.has(keys));
  const changed = kept.filter(([keys, alert]) => isOther(alert, withChange.get(keys)));
  const hasNew = ([keys, { occurrences }]: Change): boolean =>
    [...occurrences].some((id) => without.get(keys)?.occurrences.has(id) !== true);
  return { removed, created, kept, changed, renewed: newTerms ? [...withChange].filter(hasNew).length : 0 };
}

const isOther = (before: ReplayedAlert, after: ReplayedAlert | undefined): boolean =>
  !after || !sameSet(before.occurrences, after.occurrences) || !sameSet(before.events, after.events);

const sameSet = (left: ReadonlySet<number>, right: ReadonlySet<number>): boolean =>
  left.size === right.size && [...left].every((item) => right.has(item));

const weight = (verdicts: ReadonlyMap<string, StoredVerdict>, keys: string): number =>
  Number(verdicts.get(keys)?.truePositive === true);

function exampleOf(
  [keys, { first }]: Change,
  verdicts: ReadonlyMap<string, StoredVerdict>,
  told: ReadonlyMap<string, Description>,
): DifferenceExample {
  const { label, hosts, events } = must(told.get(keys), 'description of an example');
  return {
    id: verdicts.get(keys)?.alert ?? occurrenceId(first),
    stored: verdicts.has(keys),
    label,
    verdict: verdicts.get(keys)?.verdict ?? null,
    hosts: hosts.slice(0, NAMES),
    event: events[0] ?? null,
  };
}

function countVerdicts(
  alerts: readonly Change[],
  verdicts: ReadonlyMap<string, StoredVerdict>,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [keys] of alerts) {
    const stored = verdicts.get(keys);
    const name = !stored ? 'unknown' : (stored.verdict ?? (stored.open ? 'open' : 'none'));
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Most first, then by name. */
function tally(names: readonly string[]): { value: string; alerts: number }[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([value, alerts]) => ({ value, alerts }))
    .sort((left, right) => right.alerts - left.alerts || (left.value < right.value ? -1 : 1))
    .slice(0, NAMES);
}
