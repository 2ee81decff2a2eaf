import type { Kysely } from 'kysely';

/** Tags on alerts; ways to look at the queue under a name; what the queue is sorted, grouped and looked up by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('alerts')
    .addColumn('tags', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
  await schema
    .createTable('saved_views')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('shared', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('view_choices')
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('view_id', 'text', (column) => column.notNull().references('saved_views.id').onDelete('cascade'))
    .addColumn('pinned', 'integer', (column) => column.notNull())
    .addColumn('is_default', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('view_choices_key', ['actor', 'view_id'])
    .execute();
  for (const column of ['rule', 'parent_executable', 'command_line', 'first_seen']) {
    await schema.createIndex(`alerts_by_${column}`).on('alerts').column(column).execute();
  }
}
