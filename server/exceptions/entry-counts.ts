import type { HeldCounts, HeldEntry } from '#shared/exceptions/lint/lint-effect.ts';

/** Of an entry: the events and alerts that it holds for by itself; null where they are not counted. */
interface EntryCount extends HeldEntry {
  readonly alerts: number | null;
}

/** Counts over a rule's matches in a range. */
export interface EntryCounts extends HeldCounts {
  readonly entries: readonly EntryCount[];
}

/** The counts of several rules together. */
export function sumOf(counts: readonly EntryCounts[], entries: number): EntryCounts {
  const sum = (numbers: readonly (number | null | undefined)[]): number | null =>
    numbers.reduce<number | null>((total, one) => (total === null || typeof one !== 'number' ? null : total + one), 0);
  return {
    ruleEvents: sum(counts.map(({ ruleEvents }) => ruleEvents)) ?? 0,
    matchedEvents: sum(counts.map(({ matchedEvents }) => matchedEvents)) ?? 0,
    entries: Array.from({ length: entries }, (_, index) => {
      const of = counts.map((count) => count.entries[index]);
      const others = of.flatMap((one) => one?.otherwise ?? []);
      return {
        events: sum(of.map((one) => one?.events)),
        alerts: sum(of.map((one) => one?.alerts)),
        ...(others.length === of.length && {
          otherwise: {
            present: sum(others.map(({ present }) => present)) ?? 0,
            caseless: sum(others.map(({ caseless }) => caseless)) ?? 0,
          },
        }),
      };
    }),
  };
}
