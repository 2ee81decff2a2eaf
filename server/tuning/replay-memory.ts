import { type EventFacts, loadEventFacts } from '#server/rules/event-facts.ts';
import { contentsOf } from '#server/store/contents.ts';
import type { EventNumber, EventStore } from '#server/store/event-store.ts';
import type { ReplayedAlerts } from './replayed-alert.ts';

/** What replays of a store found, as long as it holds what it held: a form asks for the same ones with every key that is struck. */
export interface ReplayMemory {
  readonly replays: Pick<Map<string, ReplayedAlerts>, 'get' | 'set'>;
  /** Facts of events, each asked for once: most of them are those of the replay before. */
  readonly factsOf: (numbers: readonly EventNumber[]) => Promise<ReadonlyMap<EventNumber, EventFacts>>;
}

interface Kept extends ReplayMemory {
  /** Of `contentsOf`. */
  readonly stamp: string;
}

const known = new WeakMap<EventStore, Kept>();

export async function memoryOf(store: EventStore): Promise<ReplayMemory> {
  const stamp = await contentsOf(store);
  const kept = known.get(store);
  if (kept?.stamp === stamp) return kept;
  const fresh = { stamp, replays: newestOf<ReplayedAlerts>(MOST_REPLAYS), factsOf: factsOnce(store) };
  known.set(store, fresh);
  return fresh;
}

const MOST_REPLAYS = 12;

/** A map of so many values: the one goes that was asked for longest ago. */
function newestOf<Value>(most: number): Pick<Map<string, Value>, 'get' | 'set'> {
  const values = new Map<string, Value>();
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      for (const oldest of [...values.keys()].slice(0, Math.max(0, values.size - most))) values.delete(oldest);
      return values;
    },
  };
}

/** Beyond, all are asked for anew. */
const MOST_EVENTS = 50_000;

/** Two replays at once share what either asks for, so neither may take it away from the other: there is no signal. */
function factsOnce(store: EventStore): ReplayMemory['factsOf'] {
  const asked = new Map<EventNumber, Promise<ReadonlyMap<EventNumber, EventFacts>>>();
  return async (numbers) => {
    if (asked.size > MOST_EVENTS) asked.clear();
    const missing = numbers.filter((number) => !asked.has(number));
    if (missing.length > 0) {
      const answer = loadEventFacts(store, missing, { now: 0 });
      for (const number of missing) asked.set(number, answer);
      answer.catch(() => asked.clear());
    }
    const answers = await Promise.all(new Set(numbers.flatMap((number) => asked.get(number) ?? [])));
    return new Map(answers.flatMap((answer) => [...answer]));
  };
}
