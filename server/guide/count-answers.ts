import { sql } from 'kysely';
import type { StateTransaction } from '#server/state/open-state.ts';
import type { Guide } from '#shared/guide/guide.ts';

/** Keeps with an alert how many steps of its guide have a finding, and how many of these later data contradicts. */
export async function countAnswers(transaction: StateTransaction, alert: string, { steps }: Guide): Promise<void> {
  const { answered, stale } = await transaction
    .selectFrom('stepStates')
    .select((select) => [
      select.fn.countAll<number>().as('answered'),
      sql<number>`count(case when ${sql.ref('changes')} <> '[]' then 1 end)`.as('stale'),
    ])
    .where('alertId', '=', alert)
    .where('finding', 'is not', null)
    .where(
      'step',
      'in',
      steps.map(({ id }) => id),
    )
    .executeTakeFirstOrThrow();
  await transaction
    .updateTable('alerts')
    .set({ stepsAnswered: answered, stepsStale: stale })
    .where('id', '=', alert)
    .execute();
}
