import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { type Bits, either } from './bits.ts';

/** Conditions, and the false positives that they hold for. */
export interface Found {
  readonly entries: readonly ExceptionEntry[];
  readonly noise: Bits;
}

/** More values are a list to keep elsewhere. */
const MOST_VALUES = 20;

/**
 * Those that differ by the value of one condition, as one that asks for any of the values: it holds for what they hold for, and
 * for nothing else.
 */
export function withValueSets(found: readonly Found[]): readonly Found[] {
  let left = [...found];
  const sets: Found[] = [];
  for (const group of alike(found)) {
    const members = group.members.filter((one) => left.includes(one)).slice(0, MOST_VALUES);
    const [first] = members;
    if (!first || members.length < 2) continue;
    const values = members.flatMap(({ entries }) => valueIn(entries, group.field)).sort();
    sets.push({
      entries: first.entries.map((entry) =>
        entry.field === group.field
          ? { type: 'match_any', field: entry.field, operator: 'included', value: values }
          : entry,
      ),
      noise: members.map(({ noise }) => noise).reduce(either),
    });
    left = left.filter((one) => !members.includes(one));
  }
  return [...left, ...sets];
}

interface Alike {
  readonly field: string;
  readonly members: Found[];
}

/** Groups that are the same but for a value of this field, those of most members first. */
function alike(found: readonly Found[]): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const one of found) {
    for (const { type, field } of one.entries) {
      if (type !== 'match') continue;
      const key = JSON.stringify([field, one.entries.map((entry) => (entry.field === field ? null : entry))]);
      const group = groups.get(key) ?? { field, members: [] };
      groups.set(key, group);
      group.members.push(one);
    }
  }
  return [...groups.values()].sort((left, right) => right.members.length - left.members.length);
}

const valueIn = (entries: readonly ExceptionEntry[], field: string): readonly string[] =>
  entries.flatMap((entry) => (entry.type === 'match' && entry.field === field ? [entry.value] : []));
