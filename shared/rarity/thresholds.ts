import type { RarityResult } from './rarity.ts';

export interface Thresholds {
  /** Alerting below this many events … */
  readonly count: number;
  /** … on at most this many agents. */
  readonly agents: number;
}

/** Those of the shipped rule, for rules that have none. */
export const USUAL_THRESHOLDS: Thresholds = { count: 5, agents: 1 };

/** How often a group was seen, and where. */
export interface Measure {
  readonly count: number;
  readonly agents: number;
}

type Cell = RarityResult['cells'][number];

/** Whether the rarity rule alerts. No agent at all is not rare: Elastic's rule asks for exactly one. */
export const isInside = ({ count, agents }: Measure, thresholds: Thresholds): boolean =>
  agents >= 1 && agents <= thresholds.agents && count < thresholds.count;

/** Whether a group is quiet only by a little: up to twice the events, and one agent more. */
export const isJustOutside = (measure: Measure, thresholds: Thresholds): boolean =>
  !isInside(measure, thresholds) && isInside(measure, { count: thresholds.count * 2, agents: thresholds.agents + 1 });

const groupsWhere = (cells: readonly Cell[], holds: (cell: Cell) => boolean): number =>
  cells.reduce((sum, cell) => sum + (holds(cell) ? cell.groups : 0), 0);

/** Groups that thresholds would let alert, and those just beyond, without asking the store again. */
export const countInside = (cells: readonly Cell[], thresholds: Thresholds): number =>
  groupsWhere(cells, (cell) => isInside(cell, thresholds));
export const countJustOutside = (cells: readonly Cell[], thresholds: Thresholds): number =>
  groupsWhere(cells, (cell) => isJustOutside(cell, thresholds));

export interface TailBar {
  /** Groups with `from` to `to` events, both ends inclusive. */
  readonly from: number;
  readonly to: number;
  readonly groups: number;
  readonly inside: number;
}

/** The long tail: groups by how many events they have, in steps of 1, 2, 5, 10, 20, …, from 1 to the largest. */
export function longTail(cells: readonly Cell[], thresholds: Thresholds): readonly TailBar[] {
  const largest = cells.reduce((most, { count }) => Math.max(most, count), 0);
  const bars: TailBar[] = [];
  for (let power = 1; power <= largest; power *= 10) {
    for (const [step, next] of STEPS) {
      const [from, to] = [power * step, power * next - 1];
      if (from > largest) break;
      const within = cells.filter(({ count }) => count >= from && count <= to);
      bars.push({
        from,
        to,
        groups: groupsWhere(within, () => true),
        inside: countInside(within, thresholds),
      });
    }
  }
  return bars;
}

const STEPS = [
  [1, 2],
  [2, 5],
  [5, 10],
] as const;
