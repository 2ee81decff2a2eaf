import type * as z from 'zod';
import type { StateReader } from '#server/state/open-state.ts';
import type { listExceptions } from '#shared/api/exceptions.ts';
import type { Instant } from '#shared/base/time.ts';
import { isExpired } from '#shared/rule/exceptions-in-force.ts';
import { readStanding } from './standing.ts';

/** Exceptions as a list shows them, newest first. */
export async function listedExceptions(
  state: StateReader,
  now: Instant,
): Promise<z.output<typeof listExceptions.response>['exceptions']> {
  const [standing, rows] = await Promise.all([
    readStanding(state),
    state.selectFrom('exceptionHits').select(['exception', 'hits', 'lastHit']).execute(),
  ]);
  const hits = new Map(rows.map((row) => [row.exception, row]));
  return standing.map(({ lists: _lists, rules, ...exception }) => ({
    ...exception,
    rules: [...rules],
    expired: isExpired(exception, now),
    hits: hits.get(exception.id)?.hits ?? 0,
    lastHit: hits.get(exception.id)?.lastHit ?? null,
  }));
}
