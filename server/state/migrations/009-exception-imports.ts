import type { Kysely } from 'kysely';

/** What imports of exceptions replaced, to put it back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('exception_imports')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('before', 'text', (column) => column.notNull())
    .execute();
}
