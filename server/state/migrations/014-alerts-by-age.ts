import type { Kysely } from 'kysely';

/** A rule's alerts, the newest first, page by page: without it each page is found among all of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('alerts_by_rule_age').on('alerts').columns(['rule', 'raised_at', 'id']).execute();
}
