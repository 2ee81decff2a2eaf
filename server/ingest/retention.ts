import type { Logger } from 'pino';
import { type Author, recordActivity } from '#server/state/activity.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { repeat } from '#server/timing/repeat.ts';
import { type Retention, retentionSchema } from '#shared/api/retention.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import { DAY, type Instant, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';

export interface RetentionOptions {
  readonly state: State;
  readonly store: EventStore;
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly publish: (...topics: readonly LiveTopic[]) => void;
  /** As long as nobody has set anything. */
  readonly defaults: Retention;
}

/** Lets old events go, the oldest first, a bounded number at once. */
export interface RetentionKeeper {
  readonly read: () => Promise<Retention>;
  readonly write: (author: Author, retention: Retention) => Promise<void>;
  /** Lets go what is beyond at present; gives how many events went. */
  readonly sweep: (signal?: AbortSignal) => Promise<number>;
  readonly start: () => void;
  readonly close: () => Promise<void>;
}

const LOOK: Milliseconds = 10 * MINUTE;
const FIRST_LOOK: Milliseconds = 30 * SECOND;
/** Events that go at once: readers and the loader wait no longer than for that. */
const STEP = 200_000;
/** Share of the limit that is made free beyond what is over it. */
const SLACK = 0.05;

const NAME = 'retention';
const column = jsonColumn(retentionSchema);

export function openRetention(options: RetentionOptions): RetentionKeeper {
  const { state, store, clock } = options;
  /** What the store took when events last went for its size: freed blocks show only after its next checkpoint. */
  let sizeWhenSwept: number | null = null;

  const read = async (): Promise<Retention> => {
    const row = await state.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirst();
    return row ? column.read(row.value) : options.defaults;
  };

  /** Steps until so many have gone, or none is left. */
  async function forget(before: Instant, most: number, signal?: AbortSignal): Promise<number> {
    const keep = await evidenceIds(state);
    for (let gone = 0; ; ) {
      const atMost = Math.min(STEP, most - gone);
      const went = signal?.aborted || atMost <= 0 ? 0 : await store.forget({ before, keep, atMost });
      gone += went;
      if (went === 0) return gone;
    }
  }

  async function forgetBySize(limit: number, signal?: AbortSignal): Promise<number> {
    const size = await store.size();
    if (size <= limit || size === sizeWhenSwept) return 0;
    const { events } = await store.statistics();
    const beyond = Math.ceil(events * Math.min(1, 1 - (limit * (1 - SLACK)) / size));
    const gone = await forget(FAR_FUTURE, beyond, signal);
    sizeWhenSwept = await store.size();
    return gone;
  }

  async function sweep(signal?: AbortSignal): Promise<number> {
    const { days, bytes } = await read();
    const old = days === null ? 0 : await forget(clock() - days * DAY, Number.POSITIVE_INFINITY, signal);
    const gone = old + (bytes === null ? 0 : await forgetBySize(bytes, signal));
    if (gone > 0) options.publish('events');
    return gone;
  }

  const sweeping = repeat({
    work: async (signal) => {
      await sweep(signal);
    },
    pause: () => LOOK,
    failed: (error) => options.log.error({ err: error }, 'old events could not be removed'),
  });

  return {
    read,
    async write(author, retention) {
      await state.transaction().execute(async (transaction) => {
        const value = column.write(retention);
        await transaction
          .insertInto('settings')
          .values({ name: NAME, value })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
          .execute();
        await recordActivity(transaction, author, [
          { subject: 'settings', subjectId: NAME, action: 'changed', detail: inWords(retention) },
        ]);
      });
      sizeWhenSwept = null;
      sweeping.within(SECOND);
    },
    sweep,
    start: () => sweeping.within(FIRST_LOOK),
    close: sweeping.close,
  };
}

/** Later than any event. */
const FAR_FUTURE: Instant = 8.64e15;

const inWords = ({ days, bytes }: Retention): string =>
  `events are kept ${days === null ? 'for ever' : `for ${days} days`}${bytes === null ? '' : `, up to ${bytes} bytes of them`}`;

/** Events that an alert is made of: without them nobody could tell any more why it was raised. */
async function evidenceIds(state: StateReader): Promise<readonly string[]> {
  const rows = await state.selectFrom('alertEvents').select('eventId').distinct().execute();
  return rows.map((row) => row.eventId);
}
