import type { Activity } from '#shared/alert/alert.ts';
import type { Instant } from '#shared/base/time.ts';
import { formatInstant } from '#shared/base/time.ts';
import { newId } from './ids.ts';
import type { StateReader, StateTransaction } from './open-state.ts';
import type { ActivityTable } from './tables/console.ts';

/** Who changes something, and when: every changing function takes it. */
export interface Author {
  readonly actor: string;
  readonly now: Instant;
}

/** Name that the program's own changes are recorded under. */
export const SYSTEM = 'oddspawn';

export interface ActivityEntry {
  readonly subject: ActivityTable['subject'];
  readonly subjectId: string;
  readonly action: string;
  /** Plain words. */
  readonly detail: string;
}

/** Rows a statement inserts at once: SQLite allows 32,766 parameters. */
const CHUNK = 1000;

/** Writes audit rows; to be called in the transaction of the change itself. */
export async function recordActivity(
  transaction: StateTransaction,
  author: Author,
  entries: readonly ActivityEntry[],
): Promise<void> {
  const at = formatInstant(author.now);
  const rows = entries.map((entry, order) => ({ ...entry, id: newId(author.now, order), at, actor: author.actor }));
  for (let start = 0; start < rows.length; start += CHUNK) {
    await transaction
      .insertInto('activity')
      .values(rows.slice(start, start + CHUNK))
      .execute();
  }
}

/** What happened to one subject, oldest first. */
export async function activityOf(
  state: StateReader,
  subject: ActivityTable['subject'],
  subjectId: string,
): Promise<Activity[]> {
  return state
    .selectFrom('activity')
    .select(['at', 'actor', 'action', 'detail'])
    .where('subject', '=', subject)
    .where('subjectId', '=', subjectId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}
