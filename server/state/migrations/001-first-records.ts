import type { CreateTableBuilder, Kysely } from 'kysely';

type Schema = Kysely<unknown>['schema'];
type Columns = CreateTableBuilder<string, string>;

const text = (...names: string[]) => columns('text', true, names);
const optionalText = (...names: string[]) => columns('text', false, names);
const integer = (...names: string[]) => columns('integer', true, names);
const real = (...names: string[]) => columns('real', true, names);
const optionalReal = (...names: string[]) => columns('real', false, names);

function columns(type: 'text' | 'integer' | 'real', required: boolean, names: readonly string[]) {
  return (table: Columns): Columns =>
    names.reduce(
      (built, name) => built.addColumn(name, type, (column) => (required ? column.notNull() : column)),
      table,
    );
}

const table = (schema: Schema, name: string, ...parts: ((table: Columns) => Columns)[]): Columns =>
  parts.reduce<Columns>((built, part) => part(built), schema.createTable(name) as unknown as Columns);

const id = (built: Columns): Columns => built.addColumn('id', 'text', (column) => column.primaryKey().notNull());

const ofAlert = (built: Columns): Columns =>
  built.addColumn('alert_id', 'text', (column) => column.notNull().references('alerts.id').onDelete('cascade'));

const key =
  (name: string, ...of: string[]) =>
  (built: Columns): Columns =>
    built.addPrimaryKeyConstraint(name, of);

/** Everything of the first release. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await alertTables(db.schema);
  await workTables(db.schema);
  await intakeTables(db.schema);
  await indexes(db);
}

async function alertTables(schema: Schema): Promise<void> {
  await table(
    schema,
    'alerts',
    id,
    text('rule', 'rule_name', 'severity'),
    real('risk_score'),
    text('status'),
    optionalText('verdict', 'assignee'),
    text('keys', 'keys_digest', 'columns'),
    optionalText('command_line', 'command_shape', 'process_name', 'executable', 'working_directory'),
    optionalText('parent_name', 'parent_executable'),
    text('hosts', 'users', 'first_seen', 'last_seen', 'raised_at', 'updated_at'),
    integer('event_count', 'occurrence_count'),
    optionalReal('history_covered'),
    integer('steps_answered'),
    text('search_text'),
    integer('version'),
  ).execute();
  await table(
    schema,
    'alert_values',
    ofAlert,
    text('kind', 'value'),
    key('alert_values_key', 'alert_id', 'kind', 'value'),
  ).execute();
  await table(
    schema,
    'alert_events',
    ofAlert,
    text('event_id'),
    key('alert_events_key', 'alert_id', 'event_id'),
  ).execute();
  await table(
    schema,
    'occurrences',
    id,
    ofAlert,
    text('tick', 'window_from', 'window_to', 'first_seen', 'last_seen', 'columns'),
    integer('event_count'),
    text('raised_at'),
  ).execute();
}

async function workTables(schema: Schema): Promise<void> {
  await table(schema, 'activity', id, text('at', 'actor', 'subject', 'subject_id', 'action', 'detail')).execute();
  await table(schema, 'notes', id, ofAlert, text('at', 'author', 'text')).execute();
  await table(
    schema,
    'step_states',
    ofAlert,
    text('step'),
    optionalText('finding'),
    text('note', 'evidence', 'author', 'updated_at'),
    integer('version'),
    key('step_states_key', 'alert_id', 'step'),
  ).execute();
  await table(
    schema,
    'exceptions',
    id,
    text('rule', 'name', 'reason', 'stage', 'entries'),
    integer('enabled'),
    optionalText('expires_at', 'origin'),
    integer('version'),
    text('created_at', 'created_by', 'updated_at', 'updated_by'),
  ).execute();
  await table(schema, 'undo', id, text('actor', 'expires_at', 'entries')).execute();
}

async function intakeTables(schema: Schema): Promise<void> {
  await table(
    schema,
    'uploads',
    id,
    integer('batch'),
    text('name'),
    optionalText('sample'),
    text('status'),
    integer('bytes_received'),
    (built) => built.addColumn('bytes_expected', 'integer'),
    integer('records', 'events', 'rejected', 'duplicates'),
    optionalReal('events_per_second'),
    optionalText('window_from', 'window_to', 'sha256'),
    (built) => built.addColumn('alerts_raised', 'integer'),
    text('notes'),
    optionalText('error'),
    text('started_at'),
    optionalText('finished_at'),
    (built) => built.addUniqueConstraint('uploads_batch', ['batch']),
  ).execute();
  await table(
    schema,
    'runs',
    id,
    text('rule', 'kind', 'status', 'window_from', 'window_to', 'started_at'),
    real('duration_ms'),
    integer('events_matched', 'alerts_raised', 'alerts_recurred', 'cut'),
    text('skipped', 'warnings'),
    optionalText('error'),
  ).execute();
  await table(
    schema,
    'rule_settings',
    text('rule'),
    integer('enabled'),
    optionalText('last_tick'),
    key('rule_settings_key', 'rule'),
  ).execute();
  await table(schema, 'settings', text('name', 'value'), key('settings_key', 'name')).execute();
}

const INDEXES: readonly (readonly [string, ...string[]])[] = [
  ['alerts', 'last_seen'],
  ['alerts', 'status', 'last_seen'],
  ['alerts', 'keys_digest'],
  ['alerts', 'command_shape'],
  ['alert_values', 'kind', 'value'],
  ['alert_events', 'event_id'],
  ['occurrences', 'alert_id'],
  ['activity', 'subject_id'],
  ['notes', 'alert_id'],
  ['exceptions', 'rule'],
  ['runs', 'rule', 'started_at'],
];

async function indexes(db: Kysely<unknown>): Promise<void> {
  for (const [of, ...by] of INDEXES) {
    await db.schema
      .createIndex(`${of}_by_${by.join('_')}`)
      .on(of)
      .columns([...by])
      .execute();
  }
}
