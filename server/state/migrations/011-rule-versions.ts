import { type Kysely, sql } from 'kysely';

/** Every state that users gave a rule; of those changed before this was kept, the present one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rule_versions')
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('changes', 'text')
    .addPrimaryKeyConstraint('rule_versions_key', ['rule', 'version'])
    .execute();
  await sql`
    insert into rule_versions (rule, version, at, actor, why, changes)
    select slug, version, updated_at, updated_by, '', changes from custom_rules`.execute(db);
}
