import type { Kysely } from 'kysely';

/** How records of a source are stored, and what a file was recognised as. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('source_settings')
    .addColumn('source', 'text', (column) => column.primaryKey().notNull())
    .addColumn('split_merged', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .execute();
  await db.schema.alterTable('uploads').addColumn('recognised', 'text').execute();
}
