import { type Kysely, sql } from 'kysely';

/** Exceptions as Kibana has them: lists, value lists, systems, tags, comments; their history, hits and what they were approved to hide. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await rebuildExceptions(db);
  const { schema } = db;
  await schema
    .createTable('exception_lists')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('os_types', 'text', (column) => column.notNull())
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('meta', 'text')
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('value_lists')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('values', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('exception_versions')
    .addColumn('exception', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addColumn('draft', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('exception_versions_key', ['exception', 'version'])
    .execute();
  await sql`insert into exception_versions (exception, version, at, actor, action, why, draft)
    select id, version, updated_at, updated_by, 'changed', '', json_object('rule', rule, 'list', null, 'name', name,
      'reason', reason, 'stage', stage, 'entries', json(entries), 'osTypes', json('[]'), 'tags', json('[]'),
      'enabled', json(case enabled when 1 then 'true' else 'false' end), 'expiresAt', expires_at,
      'origin', json(origin), 'cases', json('[]')) from exceptions`.execute(db);
  await schema
    .createTable('exception_hits')
    .addColumn('exception', 'text', (column) => column.primaryKey().notNull())
    .addColumn('hits', 'integer', (column) => column.notNull())
    .addColumn('last_hit', 'text')
    .addColumn('profile', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('exception_progress')
    .addColumn('rule', 'text', (column) => column.primaryKey().notNull())
    .addColumn('next', 'integer', (column) => column.notNull())
    .execute();
  await schema
    .createTable('exception_notices')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('exception', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('seen_by', 'text')
    .execute();
}

/** A rule may now be absent, which the engine cannot say of a column that is there. */
async function rebuildExceptions(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('exceptions').renameTo('exceptions_before').execute();
  await schema
    .createTable('exceptions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('rule', 'text')
    .addColumn('list', 'text')
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('entries', 'text', (column) => column.notNull())
    .addColumn('os_types', 'text', (column) => column.notNull())
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('comments', 'text', (column) => column.notNull())
    .addColumn('meta', 'text')
    .addColumn('cases', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('expires_at', 'text')
    .addColumn('origin', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.notNull())
    .execute();
  await sql`insert into exceptions (id, rule, list, item_id, name, reason, stage, entries, os_types, tags, comments, meta,
      cases, enabled, expires_at, origin, version, created_at, created_by, updated_at, updated_by)
    select id, rule, null, id, name, reason, stage, entries, '[]', '[]', '[]', null,
      '[]', enabled, expires_at, origin, version, created_at, created_by, updated_at, updated_by from exceptions_before`.execute(
    db,
  );
  await schema.dropTable('exceptions_before').execute();
  await schema.createIndex('exceptions_by_rule').on('exceptions').column('rule').execute();
  await schema.createIndex('exceptions_by_list').on('exceptions').column('list').execute();
}
