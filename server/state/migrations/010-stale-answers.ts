import { type Kysely, sql } from 'kysely';

/** How many answers of an alert later data contradicts, and when they were last compared with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('alerts')
    .addColumn('steps_stale', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('alerts').addColumn('answers_checked_at', 'text').execute();
  await sql`
    update alerts set steps_stale =
      (select count(*) from step_states where alert_id = alerts.id and finding is not null and changes <> '[]')
    where steps_answered > 0`.execute(db);
  await sql`create index alerts_stale on alerts (id) where steps_stale > 0`.execute(db);
  await sql`create index alerts_answered on alerts (answers_checked_at) where steps_answered > 0`.execute(db);
}
