import type { Kysely } from 'kysely';

/** Rules that users imported, duplicated or changed; what a run looked at, and what it cut. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('custom_rules')
    .addColumn('slug', 'text', (column) => column.primaryKey().notNull())
    .addColumn('base', 'text')
    .addColumn('source', 'text')
    .addColumn('changes', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .execute();
  await db.schema.alterTable('runs').addColumn('events_scanned', 'integer').execute();
  await db.schema
    .alterTable('runs')
    .addColumn('cut_rows', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
}
