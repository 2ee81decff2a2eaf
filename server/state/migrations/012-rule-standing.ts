import type { Kysely } from 'kysely';

/** What counts the alerts of rules by status and verdict reads nothing but this index, and nobody else the one it replaces. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('alerts_by_rule').execute();
  await db.schema.createIndex('alerts_by_rule_standing').on('alerts').columns(['rule', 'status', 'verdict']).execute();
}
