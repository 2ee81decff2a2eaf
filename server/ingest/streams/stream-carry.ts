import * as z from 'zod';
import { jsonColumn } from '#server/state/json-column.ts';
import type { StateReader, StateTransaction } from '#server/state/open-state.ts';
import type { Frame } from './stream-frame.ts';

const carriedSchema = z.object({
  /** Its id, its name, and who sent it. */
  source: z.string(),
  name: z.string(),
  keyId: z.string(),
  client: z.string(),
  /** When the last of its lines came. */
  at: z.number(),
  lines: z.array(z.string()),
});

/** Lines of a source that a segment ended in the midst of: they belong to the next segment. */
export type Carried = z.infer<typeof carriedSchema>;

export const carriedColumn = jsonColumn(z.array(carriedSchema));
const NAME = 'stream.carried';

/** What the last finished segment left to the next one. */
export async function readCarried(state: StateReader): Promise<readonly Carried[]> {
  const row = await state.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirst();
  return row ? carriedColumn.read(row.value) : [];
}

/** Hands lines to the next segment; to be called in the transaction that ends the one they came with. */
export async function recordCarried(transaction: StateTransaction, carried: readonly Carried[]): Promise<void> {
  const value = carriedColumn.write([...carried]);
  await transaction
    .insertInto('settings')
    .values({ name: NAME, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Says that no more lines of a source are to be waited for. */
export const endOf = ({ name, keyId, client, at }: Carried): Frame => ({
  source: name,
  keyId,
  client,
  at,
  ids: [],
  rejects: [],
  isEnd: true,
  lines: [],
});
