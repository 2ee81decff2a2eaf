import { readableKeys } from '#server/alerts/readable-keys.ts';
import { inOrder, subjectOf } from '#server/rules/draft.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { memoryOf } from './replay-memory.ts';
import type { ReplayedAlert } from './replayed-alert.ts';

/** What a person is told of an alert to be. */
export interface Description {
  /** The command, else what its group is known by. */
  readonly label: string;
  readonly hosts: readonly string[];
  readonly parent: string | null;
  /** Public ids of its events, by time. */
  readonly events: readonly string[];
}

/** What the events of these alerts say: asked for when a replay is told, as those of all its alerts would take longer than it. */
export async function describe<Keys>(
  store: EventStore,
  alerts: Iterable<readonly [keys: Keys, alert: ReplayedAlert]>,
): Promise<ReadonlyMap<Keys, Description>> {
  const some = [...alerts];
  const { factsOf } = await memoryOf(store);
  const facts = await factsOf(some.flatMap(([, { events }]) => [...events]));
  return new Map(
    some.map(([keys, { first, events }]) => {
      const inTime = inOrder([...events], facts);
      const { commandLine, hosts, parentExecutable, parentName } = subjectOf(inTime);
      const label = commandLine ?? (Object.values(readableKeys(first.keys)).join(' · ') || 'all events');
      return [keys, { label, hosts, parent: parentExecutable ?? parentName, events: inTime.map(({ id }) => id) }];
    }),
  );
}
