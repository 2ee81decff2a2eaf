import { type SqlBool, sql } from 'kysely';
import type { Logger } from 'pino';
import { SYSTEM } from '#server/state/activity.ts';
import { contentsOf } from '#server/store/contents.ts';
import { repeat } from '#server/timing/repeat.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import { DAY, formatInstant, type Instant, type Milliseconds, SECOND } from '#shared/base/time.ts';
import { recheck } from './stale-answers.ts';
import type { GuideContext } from './subject.ts';

interface AnswerWatchOptions extends GuideContext {
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly publish: (...topics: readonly LiveTopic[]) => void;
}

/** Compares what analysts answered with the data again, as more of it comes. */
export interface AnswerWatch {
  readonly start: () => void;
  readonly close: () => Promise<void>;
}

const PAUSE: Milliseconds = 5 * SECOND;
/** Alerts that are compared one after the other between two pauses. */
const MOST_AT_ONCE = 10;
/** A pause is at least so many times as long as the work before it: a tenth of the time, whatever is asked of a store of whatever size. */
const PAUSE_FACTOR = 9;
/** What was decided longer ago is looked at when somebody opens it. */
const CLOSED_FOR: Milliseconds = 7 * DAY;

export function openAnswerWatch(options: AnswerWatchOptions): AnswerWatch {
  const newData = dataChanges(options);
  const looking = repeat({
    work: async (signal) => recheckDue(options, await newData(), signal),
    pause: (took) => Math.max(PAUSE, PAUSE_FACTOR * took),
    failed: (error) => options.log.error({ err: error }, 'answers not compared with the data'),
  });
  return { start: () => looking.within(PAUSE), close: looking.close };
}

/** Gives the time since which the store holds what it holds, as far as this process knows. */
function dataChanges({ store, clock }: AnswerWatchOptions): () => Promise<Instant> {
  let known = '';
  let since = clock();
  return async () => {
    const present = await contentsOf(store);
    if (present !== known) since = clock();
    known = present;
    return since;
  };
}

/**
 * Compares some of the alerts whose answers were last compared before the data changed, those longest ago first. Exported for
 * its test.
 */
export async function recheckDue(
  { clock, log, publish, ...context }: AnswerWatchOptions,
  since: Instant,
  signal: AbortSignal,
): Promise<void> {
  let other = false;
  for (const id of await dueAlerts(context, since, clock())) {
    if (signal.aborted) break;
    try {
      if (await recheck(context, { actor: SYSTEM, now: clock() }, id)) other = true;
    } catch (error) {
      log.warn({ err: error, alert: id }, 'answers of an alert not compared with the data');
      await setAside(context, id, clock());
    }
  }
  if (other) publish('alerts');
}

async function dueAlerts({ state }: GuideContext, since: Instant, now: Instant): Promise<readonly string[]> {
  const rows = await state
    .selectFrom('alerts')
    .select('id')
    // In the text, as the index of answered alerts has it.
    .where(sql<SqlBool>`${sql.ref('stepsAnswered')} > 0`)
    .where((is) =>
      is.or([
        is('answersCheckedAt', 'is', null),
        is('answersCheckedAt', '<', formatInstant(since)),
        // It has grown since, or was worked on.
        is('answersCheckedAt', '<', is.ref('updatedAt')),
      ]),
    )
    .where((is) => is.or([is('status', '!=', 'closed'), is('updatedAt', '>=', formatInstant(now - CLOSED_FOR))]))
    .orderBy('answersCheckedAt')
    .limit(MOST_AT_ONCE)
    .execute();
  return rows.map(({ id }) => id);
}

/** One that cannot be compared waits as long as the others, and blocks none of them. */
const setAside = ({ state }: GuideContext, id: string, now: Instant): Promise<unknown> =>
  state
    .updateTable('alerts')
    .set({ answersCheckedAt: formatInstant(now) })
    .where('id', '=', id)
    .execute();
