import type { Kysely } from 'kysely';

/** Changes of rules that wait until stored events have the fields that they read; one a rule. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('waiting_changes')
    .addColumn('rule', 'text', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('changes', 'text')
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('override', 'text', (column) => column.notNull())
    .addColumn('problem', 'text')
    .execute();
}
