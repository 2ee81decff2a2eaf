import type { Kysely } from 'kysely';

/** Guides that users edit; what the data said when a step was answered, and what has changed since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('guide_versions')
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('guide', 'text')
    .addPrimaryKeyConstraint('guide_versions_key', ['rule', 'version'])
    .execute();
  await db.schema.alterTable('alerts').addColumn('guide_version', 'integer').execute();
  await db.schema.alterTable('step_states').addColumn('seen', 'text').execute();
  await db.schema
    .alterTable('step_states')
    .addColumn('changes', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
}
