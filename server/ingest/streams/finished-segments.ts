import type { State, StateTransaction } from '#server/state/open-state.ts';
import type { Segment } from './segment.ts';

/** Where the last segment that was finished is written down. */
const FINISHED = 'stream.finished';

export async function lastFinished(state: State): Promise<number> {
  const row = await state.selectFrom('settings').select('value').where('name', '=', FINISHED).executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** The program may have ended between the last transaction of a segment and the removal of its file. */
export const isFinished = async (state: State, { number }: Segment): Promise<boolean> =>
  (await lastFinished(state)) >= number;

/** Says that nothing is left to do for a segment; to be called in the transaction that does the last of it. */
export async function finishSegment(transaction: StateTransaction, number: number): Promise<void> {
  const value = String(number);
  await transaction
    .insertInto('settings')
    .values({ name: FINISHED, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
