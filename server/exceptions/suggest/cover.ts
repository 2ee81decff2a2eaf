import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { type Bits, both, countBits, isEmpty } from './bits.ts';
import type { Held } from './candidates.ts';
import { COMMAND_LINE, PARENT } from './judged-alert.ts';

/** Conditions of one suggestion: more say nothing that a person would read. */
const MOST_ENTRIES = 3;

/** What runs other programs' texts: its name says nothing of what it does. */
const INTERPRETER =
  /(?:^|\/)(?:(?:[abckz]|da|fi)?sh|busybox|env|sudo|xargs|timeout|(?:python|perl|php|ruby|node|lua|java)[\d.]*(?:-\w+)?)$/;

/** Says what ran, so that it may be left out; a host, a user, a parent or a directory alone is half the system. */
const isCommand = ({ field }: ExceptionEntry): boolean => field === COMMAND_LINE;
const isImage = ({ entry }: Held): boolean =>
  /^process\.(?:executable|name)$/.test(entry.field) && entry.type === 'match' && !INTERPRETER.test(entry.value);
const isPlace = ({ field }: ExceptionEntry): boolean => field === PARENT || field === 'process.working_directory';

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
export function bestCover(candidates: readonly Held[], wanted: Bits, kept: Bits, least: number): Cover | null {
  const order = candidates
    .map((held) => ({ held, count: countBits(both(held.noise, wanted)) }))
    .filter(({ count }) => count >= least)
    .sort((left, right) => right.count - left.count || (left.held.key < right.held.key ? -1 : 1))
    .map(({ held }) => held);
  let best: (Cover & { readonly rank: Rank }) | null = null;
  const visit = (conditions: readonly Held[], noise: Bits, harmed: Bits, next: number): void => {
    const count = countBits(noise);
    if (count < (best?.rank.count ?? least)) return;
    if (conditions.length > 0 && isEmpty(harmed) && saysEnough(conditions)) {
      // More conditions only narrow it.
      const rank = rankOf(conditions, count);
      if (!best || isBetter(rank, best.rank)) best = { conditions, noise, rank };
      return;
    }
    if (conditions.length === MOST_ENTRIES) return;
    for (let at = next; at < order.length; at++) {
      const held = order[at];
      if (!held || conditions.some(({ entry }) => entry.field === held.entry.field)) continue;
      visit([...conditions, held], both(noise, held.noise), both(harmed, held.kept), at + 1);
    }
  };
  visit([], wanted, kept, 0);
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
