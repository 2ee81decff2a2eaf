import { must } from '#shared/base/assert.ts';
import type { Field, FieldCatalogue, FieldType } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Session } from '../connection.ts';
import { quoteName } from '../sql/identifier.ts';
import { fieldColumns } from './field-columns.ts';

/** Name and type of a column of `events`. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** How its values are written; the engine's own choice if absent. */
  readonly compression?: 'uncompressed';
}

/**
 * Columns before the fields: number, public id, batch, and what `@timestamp` has below the millisecond (nanoseconds). Ids hardly
 * compress, and whoever wants one of them would have to unpack a few thousand (100 of 10M events: 125 ms of the processors, not 260).
 */
const LEADING: readonly Column[] = [
  { name: 'seq', type: 'BIGINT' },
  { name: 'id', type: 'VARCHAR', compression: 'uncompressed' },
  { name: 'batch', type: 'INTEGER' },
  { name: 'ns', type: 'INTEGER' },
];

/**
 * Columns behind the fields. `spill` holds the values of single-valued columns that have several; the hashes make equality
 * on long ids a scan of eight bytes a row: candidates by hash, then compare the text.
 */
const TRAILING: readonly Column[] = [
  { name: 'spill', type: 'JSON' },
  { name: 'entity_hash', type: 'UBIGINT' },
  { name: 'parent_hash', type: 'UBIGINT' },
  { name: 'id_hash', type: 'UBIGINT' },
];

/** The record's place among the lines of its batch, where its text is kept (`texts.ts`). */
const PLACE: Column = { name: 'place', type: 'INTEGER' };

const SINGLE_TYPES: Readonly<Record<FieldType, string>> = {
  keyword: 'VARCHAR',
  constant_keyword: 'VARCHAR',
  wildcard: 'VARCHAR',
  text: 'VARCHAR',
  ip: 'VARCHAR',
  long: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'TIMESTAMP',
  flattened: 'VARCHAR',
  nested: 'VARCHAR',
};

/** SQL type of one value of a field. */
export const elementType = (field: Field): string => SINGLE_TYPES[field.type];

export const columnType = (field: Field): string => elementType(field) + (field.many ? '[]' : '');

export interface Layout {
  readonly catalogue: FieldCatalogue;
  readonly keepText: boolean;
  /** Takes records without a time, and one as often as it occurs: what a question to any file wants, and no event store. */
  readonly anyRecord?: boolean;
  /**
   * Conditions: of an event that fails each of them, only number, id and time may be stored, so that no question meets it and the
   * statistics lack its host. Absent: all of every event is stored.
   */
  readonly concerning?: readonly Expression[] | undefined;
}

/** Tables that hold events: what can be asked about, and what is only counted and told apart (`Layout.concerning`). */
export const tablesOf = ({ concerning }: Layout): readonly string[] => (concerning ? ['events', OTHERS] : ['events']);

/** All events, as SQL of a table: those that cannot be asked about have number, id and time. */
export const everyEvent = (layout: Layout): string =>
  layout.concerning
    ? `(${tablesOf(layout)
        .map((table) => `SELECT * FROM ${table}`)
        .join(' UNION ALL BY NAME ')})`
    : 'events';

/** Events of which no more than that is stored, where a store is for a few conditions. */
export const OTHERS = 'others';

/** Columns of `events` in their order. */
export function eventColumns({ catalogue, keepText }: Layout): readonly Column[] {
  const names = fieldColumns(catalogue);
  const fields = catalogue.fields.map((field) => ({
    name: must(names.get(field.name), `column of ${field.name}`),
    type: columnType(field),
  }));
  return [...LEADING, ...fields, ...TRAILING, ...(keepText ? [PLACE] : [])];
}

/**
 * Creates what is not there yet: `events`, one row an event; `batches`, one row an append with the numbers that it took, kept
 * also after its events are gone, so that no number is given twice; `texts`, the records as they came, some hundred a row.
 */
export async function createTables(session: Session, layout: Layout): Promise<void> {
  const lines = eventColumns(layout).map(
    ({ name, type, compression }) =>
      `${quoteName(name)} ${type}${compression ? ` USING COMPRESSION ${compression}` : ''}`,
  );
  await session.run(`CREATE TABLE IF NOT EXISTS events (${lines.join(', ')})`);
  if (layout.concerning) {
    await session.run(
      `CREATE TABLE IF NOT EXISTS ${OTHERS} (seq BIGINT, id VARCHAR, batch INTEGER, "@timestamp" TIMESTAMP, id_hash UBIGINT)`,
    );
  }
  await session.run(
    'CREATE TABLE IF NOT EXISTS batches (batch INTEGER NOT NULL, first_seq BIGINT NOT NULL, events BIGINT NOT NULL)',
  );
  await session.run(
    `CREATE TABLE IF NOT EXISTS texts (
      batch INTEGER NOT NULL, place INTEGER NOT NULL, lines INTEGER NOT NULL, bytes BLOB NOT NULL USING COMPRESSION uncompressed
    )`,
  );
}
