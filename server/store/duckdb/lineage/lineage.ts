import type { EventNumber } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Session } from '../connection.ts';
import { AMONG_NUMBERS, numbersParameter } from '../documents.ts';
import { findEvents, type PidRange, pidRangeAround, type Side } from './find-events.ts';
import { keyText, type LinkedEvent, linkedEvents, type ProcessKey } from './process-links.ts';

export interface Lineage {
  readonly numbers: readonly EventNumber[];
  readonly truncated: boolean;
}

/** Where a search goes from an event: which processes, and as whose events they are sought. */
type Directions = (event: LinkedEvent) => readonly { readonly side: Side; readonly keys: readonly ProcessKey[] }[];

const UP: Directions = ({ parent, ancestry }) => [
  { side: 'process', keys: [...present(parent), ...ancestry.map((id): ProcessKey => ({ kind: 'entity', id }))] },
];

const DOWN: Directions = ({ own }) => [
  { side: 'process', keys: present(own) },
  { side: 'process.parent', keys: present(own) },
];

const present = (key: ProcessKey | null): readonly ProcessKey[] => (key === null ? [] : [key]);

/**
 * Events of the processes of these events, of their ancestors and of their descendants: ancestors first, nearest first, then
 * the rest by time; at most `budget`. Goes level by level, each one statement a side, and stops when the budget is spent: what
 * is near is found before what is far.
 */
export async function lineageOf(
  session: Session,
  catalogue: FieldCatalogue,
  numbers: readonly EventNumber[],
  budget: number,
): Promise<Lineage> {
  if (numbers.length === 0) return { numbers: [], truncated: false };
  const subjects = (await linkedEvents(session, catalogue, AMONG_NUMBERS, numbersParameter(numbers))).toSorted(byTime);
  const search = { session, catalogue, range: pidRangeAround(subjects.map(({ at }) => at)) };
  const below = await reach(search, subjects, DOWN, budget);
  const above = await reach(search, subjects, UP, budget);
  const ancestors = [...above.values()].filter(({ number }) => !below.has(number));
  const rest = [...below.values()].toSorted(byTime);
  const all = [...ancestors, ...rest].map(({ number }) => number);
  return { numbers: all.slice(0, budget), truncated: all.length > budget };
}

const byTime = (left: LinkedEvent, right: LinkedEvent): number => left.at - right.at || left.number - right.number;

interface Search {
  readonly session: Session;
  readonly catalogue: FieldCatalogue;
  readonly range: PidRange;
}

/** Everything that the directions lead to, the start included, near events first; ends once it is more than the budget. */
async function reach(
  { session, catalogue, range }: Search,
  start: readonly LinkedEvent[],
  directions: Directions,
  budget: number,
): Promise<ReadonlyMap<EventNumber, LinkedEvent>> {
  const reached = new Map(start.map((event) => [event.number, event]));
  const asked = new Set<string>();
  let level = start;
  while (level.length > 0 && reached.size <= budget) {
    const found = new Map<EventNumber, LinkedEvent>();
    for (const { side, keys } of unasked(level.flatMap(directions), asked)) {
      for (const event of await findEvents(session, catalogue, side, keys, range)) found.set(event.number, event);
    }
    level = [...found.values()].filter(({ number }) => !reached.has(number)).toSorted(byTime);
    for (const event of level) reached.set(event.number, event);
  }
  return reached;
}

/** The keys of each side that were not sought before, all of a side together. */
function unasked(directions: ReturnType<Directions>, asked: Set<string>): ReturnType<Directions> {
  const sides = new Map<Side, ProcessKey[]>();
  for (const { side, keys } of directions) {
    for (const key of keys) {
      const question = `${side} ${keyText(key)}`;
      if (asked.has(question)) continue;
      asked.add(question);
      sides.set(side, [...(sides.get(side) ?? []), key]);
    }
  }
  return [...sides].map(([side, keys]) => ({ side, keys }));
}
