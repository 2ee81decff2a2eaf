import * as z from 'zod';
import { Refusal } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { StateTransaction } from '#server/state/open-state.ts';
import { statusSchema, verdictSchema } from '#shared/alert/alert.ts';
import { formatInstant, type Instant, MINUTE } from '#shared/base/time.ts';

/** How long a change can be taken back. */
const KEPT = 10 * MINUTE;

const undoEntrySchema = z.object({
  alert: z.string(),
  /** The alert's version after the change: another one means that somebody has changed it since. */
  version: z.number().int(),
  before: z.object({
    status: statusSchema,
    verdict: verdictSchema.nullable(),
    assignee: z.string().nullable(),
    // A token that an earlier program wrote knows no tags.
    tags: z.array(z.string()).readonly().default([]),
  }),
  /** Id of the note that the change added. */
  note: z.string().nullable(),
});
export type UndoEntry = z.infer<typeof undoEntrySchema>;

const entriesColumn = jsonColumn(z.array(undoEntrySchema));

/** Keeps what a change has replaced; the answer is the token that takes it back. Forgets what has run out. */
export async function keepUndo(
  transaction: StateTransaction,
  author: Author,
  entries: readonly UndoEntry[],
): Promise<string> {
  await transaction.deleteFrom('undo').where('expiresAt', '<', formatInstant(author.now)).execute();
  const id = newId(author.now);
  const expiresAt = formatInstant(author.now + KEPT);
  const row = { id, actor: author.actor, expiresAt, entries: entriesColumn.write([...entries]) };
  await transaction.insertInto('undo').values(row).execute();
  return id;
}

/** What to restore; the token is spent. */
export async function takeUndo(transaction: StateTransaction, now: Instant, token: string): Promise<UndoEntry[]> {
  const row = await transaction.deleteFrom('undo').where('id', '=', token).returningAll().executeTakeFirst();
  if (!row || row.expiresAt < formatInstant(now)) {
    throw new Refusal('not-found', 'This change can no longer be taken back.', {
      remedy: `Changes can be taken back once, within ${KEPT / MINUTE} minutes.`,
    });
  }
  return entriesColumn.read(row.entries);
}
