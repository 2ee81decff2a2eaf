import type { Kysely } from 'kysely';

/** What a deleted exception was beside its draft, so that it comes back with it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('exception_versions').addColumn('facts', 'text').execute();
}
