import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { type Bits, both, countBoth, isEmpty } from './bits.ts';
import type { Held } from './candidates.ts';
import type { Work } from './in-turns.ts';

/** Conditions of one suggestion: more say nothing that a person would read. */
const MOST_ENTRIES = 3;

/** What runs other programs' texts: its name says nothing of what it does. */
const INTERPRETER =
  /(?:^|\/)(?:(?:[abckz]|da|fi)?sh|busybox|env|sudo|xargs|timeout|(?:python|perl|php|ruby|node|lua|java)[\d.]*(?:-\w+)?)$/;

/** Says what ran, so that it may be left out; a host, a user, a parent or a directory alone is half the system. */
const isCommand = ({ field }: ExceptionEntry): boolean => field === 'process.command_line';
const isImage = ({ entry }: Held): boolean =>
  /^process\.(?:executable|name)$/.test(entry.field) && entry.type === 'match' && !INTERPRETER.test(entry.value);
const isPlace = ({ field }: ExceptionEntry): boolean =>
  field === 'process.parent.executable' || field === 'process.working_directory';

/** Whether conditions say enough to be an exception: a command, or an image with where it ran. */
const saysEnough = (set: readonly Held[]): boolean =>
  set.some(({ entry }) => isCommand(entry)) || (set.some(isImage) && set.some(({ entry }) => isPlace(entry)));

export interface Cover {
  readonly conditions: readonly Held[];
  readonly noise: Bits;
}

/**
 * Of all sets of up to three conditions on different fields that hold for no alert that must stay, the one that holds for most
 * of the alerts in `wanted`; of equal ones the smallest, then the narrowest, then the first by its words. Null where none holds
 * for `least`.
 */
export function* bestCover(candidates: readonly Held[], wanted: Bits, kept: Bits, least: number): Work<Cover | null> {
  const order = candidates
    .map((held) => ({ held, count: countBoth(held.noise, wanted) }))
    .filter(({ count }) => count >= least)
    .sort((left, right) => right.count - left.count || (left.held.key < right.held.key ? -1 : 1));
  let best: (Cover & { readonly rank: Rank }) | null = null;
  function* visit(conditions: readonly Held[], noise: Bits, harmed: Bits, next: number): Work<void> {
    for (let at = next; at < order.length; at++) {
      if (conditions.length < 2) yield;
      const one = order[at];
      const enough = best?.rank.count ?? least;
      // Those behind it hold for no more.
      if (!one || one.count < enough) return;
      const { held } = one;
      if (conditions.some(({ entry }) => entry.field === held.entry.field)) continue;
      const count = countBoth(noise, held.noise);
      if (count < enough) continue;
      const set = [...conditions, held];
      const harm = both(harmed, held.kept);
      if (isEmpty(harm) && saysEnough(set)) {
        // More conditions only narrow it.
        const rank = rankOf(set, count);
        if (!best || isBetter(rank, best.rank)) best = { conditions: set, noise: both(noise, held.noise), rank };
      } else if (set.length < MOST_ENTRIES) yield* visit(set, both(noise, held.noise), harm, at + 1);
    }
  }
  yield* visit([], wanted, kept, 0);
  return best;
}

interface Rank {
  readonly count: number;
  readonly entries: number;
  readonly width: number;
  readonly words: string;
}

const rankOf = (conditions: readonly Held[], count: number): Rank => ({
  count,
  entries: conditions.length,
  width: conditions.reduce((sum, { width }) => sum + width, 0),
  words: conditions.map(({ key }) => key).join(),
});

function isBetter(left: Rank, right: Rank): boolean {
  if (left.count !== right.count) return left.count > right.count;
  if (left.entries !== right.entries) return left.entries < right.entries;
  if (left.width !== right.width) return left.width < right.width;
  return left.words < right.words;
}
