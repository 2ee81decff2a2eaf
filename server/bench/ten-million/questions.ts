import { searchEvents } from '#server/investigate/events.ts';
import { rarity } from '#server/investigate/rarity.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { getRarity } from '#shared/api/rules.ts';
import { DAY, formatInstant, type Instant } from '#shared/base/time.ts';
import { EVENT_COLUMN, type Plan } from '#shared/plan/plan.ts';
import type { Week } from './measurements.ts';
import { compiledRules } from './rules.ts';

/** Somewhere in the week: an event of each round. */
const someEvent = (events: number, round: number): number => 1 + Math.floor(((round * 0.618 + 0.5) % 1) * (events - 1));

/** What the console asks beside rules. */
export async function measureQuestions({ measure, events, rounds }: Week, store: EventStore): Promise<void> {
  const some = (round: number) => Array.from({ length: 100 }, (_, index) => someEvent(events, round + index));
  await measure('statistics', rounds, async () => (await store.statistics()).events);
  const ids = (round: number) => some(round).map((number) => `N${number.toString(36)}`);
  await measure('numbers of 100 ids', rounds, async (round) => (await store.numbersOf(ids(round))).size);
  await measure('documents of 100 events', rounds, async (round) => {
    return (await store.documents(some(round))).length;
  });
  await measure('few fields of 100 events', rounds, async (round) => {
    return (await store.run(fieldsOf(some(round)), { now: 0 })).rows.length;
  });
  await measure('lineage, up to 500 events', rounds, async (round) => {
    const { numbers } = await store.lineage([someEvent(events, round)], 500);
    return numbers.length;
  });
  const search = async (kql: string) => {
    const found = await searchEvents(store, { kql, from: undefined, to: undefined, limit: 50, offset: 0 });
    return found.ok ? `${found.value.total} events` : 'a bad query';
  };
  await measure('page and histogram of all events', rounds, () => search(''));
  await measure('page and histogram of a name', rounds, () => search('process.parent.name: nginx'));
  await measure('page and histogram of a text', rounds, () => search('process.command_line: *once*'));
}

const fieldsOf = (numbers: readonly number[]): Plan => ({
  steps: [
    {
      kind: 'filter',
      where: {
        kind: 'in',
        value: { kind: 'single', of: { kind: 'column', name: EVENT_COLUMN, type: 'long' } },
        items: numbers.map((value) => ({ kind: 'literal', type: 'long', value })),
      },
    },
    { kind: 'keep', columns: ['@timestamp', 'event.id', 'process.command_line', 'host.name'] },
  ],
});

/** The tenth part of the week in which the last million events lie, by one to three fields. */
export async function measureRarity({ measure, rounds }: Week, store: EventStore, to: Instant): Promise<void> {
  const from = formatInstant(to - (7 * DAY) / 10);
  const keys = ['process.command_line', 'process.parent.executable', 'process.working_directory'];
  for (const { rule, filter } of await compiledRules()) {
    for (const by of [keys.slice(0, 1), keys.slice(0, 2), keys]) {
      const query = getRarity.query.parse({ rule: rule.slug, from, by });
      await measure(`${rule.slug}: rarity by ${by.length} of a million events`, rounds, async () => {
        const { totalGroups, matchedEvents } = await rarity(
          store,
          { matches: filter, keys: by, thresholds: null },
          query,
        );
        return `${totalGroups} groups of ${matchedEvents} matches`;
      });
    }
  }
}
