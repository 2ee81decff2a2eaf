import type * as z from 'zod';
import { notFound } from '#server/refusal.ts';
import { type Author, recordActivity } from '#server/state/activity.ts';
import type { State, StateReader } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { reviewExceptions } from '#shared/api/exceptions.ts';
import { DAY, type Instant, parseInstant } from '#shared/base/time.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import { lintReason } from '#shared/exceptions/lint/lint-exception.ts';
import { isExpired, type StandingException } from '#shared/rule/exceptions-in-force.ts';
import { readStanding } from './standing.ts';

type Review = z.output<typeof reviewExceptions.response>['items'][number];

/** Before its end an exception is up for review. */
const SOON = 14 * DAY;
/** Without a hit for so long it is dead. */
const DEAD = 90 * DAY;

const WORDS: Readonly<Record<string, string>> = {
  host: 'It began to hide the host',
  parent: 'It began to hide children of',
  shape: 'It began to hide commands like',
};

/** Exceptions that somebody should look at: what they newly hide first. */
export async function readReview(state: StateReader, store: EventStore, now: Instant): Promise<Review[]> {
  const [standing, hits, notices] = await Promise.all([
    readStanding(state),
    state.selectFrom('exceptionHits').select(['exception', 'lastHit']).execute(),
    state
      .selectFrom('exceptionNotices')
      .selectAll()
      .where('seenBy', 'is', null)
      .orderBy('id', 'desc')
      .limit(500)
      .execute(),
  ]);
  const names = new Map(standing.map(({ id, name }) => [id, name]));
  const lastHits = new Map(hits.map(({ exception, lastHit }) => [exception, lastHit]));
  const canaries = notices.flatMap(({ id, exception, kind, value }): Review[] => {
    const name = names.get(exception);
    const detail = `${WORDS[kind] ?? kind} “${value}”, which it did not hide when it was approved.`;
    return name === undefined ? [] : [{ exception, name, kind: 'canary', detail, notice: id }];
  });
  const others = standing.flatMap((exception) => reviewOf(exception, store, lastHits.get(exception.id) ?? null, now));
  return [...canaries, ...others];
}

function reviewOf(exception: StandingException, store: EventStore, lastHit: string | null, now: Instant): Review[] {
  const item = { exception: exception.id, name: exception.name, notice: null };
  if (!exception.enabled) return [];
  if (isExpired(exception, now)) return [{ ...item, kind: 'expired', detail: 'It has expired: renew or delete it.' }];
  const compiled = exception.stage === 'event' ? compileException(exception.entries, store.catalogue, exception) : null;
  if (compiled && !compiled.ok) {
    return [{ ...item, kind: 'unusable', detail: compiled.error.map(({ message }) => message).join(' ') }];
  }
  const expiry = exception.expiresAt === null ? null : parseInstant(exception.expiresAt);
  const soon: Review[] =
    expiry !== null && expiry - now < SOON
      ? [{ ...item, kind: 'expires', detail: `It expires in ${Math.max(1, Math.round((expiry - now) / DAY))} days.` }]
      : [];
  const since = parseInstant(lastHit ?? exception.updatedAt) ?? now;
  const dead: Review[] =
    now - since > DEAD ? [{ ...item, kind: 'dead', detail: 'It has hidden nothing for 90 days.' }] : [];
  const silent = lintReason(exception).map(
    ({ message }): Review => ({ ...item, kind: 'unexplained', detail: message }),
  );
  return [...soon, ...dead, ...silent];
}

export function seeNotice(state: State, author: Author, id: string): Promise<void> {
  return state.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('exceptionNotices')
      .set({ seenBy: author.actor })
      .where('id', '=', id)
      .returning(['exception', 'value'])
      .executeTakeFirst();
    if (!row) throw notFound('notice');
    await recordActivity(transaction, author, [
      { subject: 'exception', subjectId: row.exception, action: 'notice seen', detail: row.value },
    ]);
  });
}
