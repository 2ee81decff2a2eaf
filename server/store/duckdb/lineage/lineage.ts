import type { EventNumber } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Session } from '../connection.ts';
import { AMONG_NUMBERS, numbersParameter } from '../documents.ts';
import { findEvents, pidRangeAround, type Search, type Sought } from './find-events.ts';
import { keyText, type LinkedEvent, linkedEvents, type ProcessKey } from './process-links.ts';

export interface Lineage {
  readonly numbers: readonly EventNumber[];
  readonly truncated: boolean;
}

/** Where a search goes from an event: which processes, and as whose events they are sought. */
interface Direction extends Sought {
  readonly keysOf: (event: LinkedEvent) => readonly ProcessKey[];
}

const UP: Direction = {
  sides: ['process'],
  ancestry: true,
  keysOf: ({ parent, ancestry }) => [...present(parent), ...ancestry.map((id): ProcessKey => ({ kind: 'entity', id }))],
};

const DOWN: Direction = {
  sides: ['process', 'process.parent'],
  ancestry: false,
  keysOf: ({ own }) => present(own),
};

const present = (key: ProcessKey | null): readonly ProcessKey[] => (key === null ? [] : [key]);

/**
 * Events of the processes of these events, of their ancestors and of their descendants: ancestors first, nearest first, then
 * the rest by time; at most `budget`. Goes level by level, each one statement, and stops when the budget is spent: what
 * is near is found before what is far.
 */
export async function lineageOf(
  session: Session,
  catalogue: FieldCatalogue,
  numbers: readonly EventNumber[],
  budget: number,
): Promise<Lineage> {
  if (numbers.length === 0) return { numbers: [], truncated: false };
  const named = { condition: AMONG_NUMBERS, values: numbersParameter(numbers), ancestry: true };
  const subjects = (await linkedEvents(session, catalogue, named)).toSorted(byTime);
  const search: Search = { session, catalogue, range: pidRangeAround(subjects.map(({ at }) => at)) };
  const below = await reach(search, subjects, DOWN, budget);
  const above = await reach(search, subjects, UP, budget);
  const ancestors = [...above.values()].filter(({ number }) => !below.has(number));
  const rest = [...below.values()].toSorted(byTime);
  const all = [...ancestors, ...rest].map(({ number }) => number);
  return { numbers: all.slice(0, budget), truncated: all.length > budget };
}

const byTime = (left: LinkedEvent, right: LinkedEvent): number => left.at - right.at || left.number - right.number;

/** Everything that the direction leads to, the start included, near events first; ends once it is more than the budget. */
async function reach(
  search: Search,
  start: readonly LinkedEvent[],
  direction: Direction,
  budget: number,
): Promise<ReadonlyMap<EventNumber, LinkedEvent>> {
  const reached = new Map(start.map((event) => [event.number, event]));
  const asked = new Set<string>();
  let level = start;
  while (level.length > 0 && reached.size <= budget) {
    const found = await findEvents(search, direction, unasked(level.flatMap(direction.keysOf), asked));
    level = found.filter(({ number }) => !reached.has(number)).toSorted(byTime);
    for (const event of level) reached.set(event.number, event);
  }
  return reached;
}

/** The keys that were not sought before, each once. */
function unasked(keys: readonly ProcessKey[], asked: Set<string>): readonly ProcessKey[] {
  return keys.filter((key) => {
    const text = keyText(key);
    const isNew = !asked.has(text);
    asked.add(text);
    return isNew;
  });
}
