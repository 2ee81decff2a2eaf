import { must } from '#shared/base/assert.ts';
import type { Instant } from '#shared/base/time.ts';
import type { Field, FieldCatalogue, FieldType } from '#shared/event/field.ts';
import { EVENT_COLUMN, isHidden } from '#shared/plan/plan.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { fieldColumns } from '../load/field-columns.ts';
import { quoteName } from '../sql/identifier.ts';
import { SQL_TYPES, textLiteral } from '../sql/literal.ts';
import { inAddressOrder } from './address.ts';
import { type Cell, many, one } from './cell.ts';
import type { Variety } from './one-of.ts';
import type { Relation } from './relation.ts';
import type { Column } from './scope.ts';

/** Number of the event, and the values of its single-valued fields that have several. */
const NUMBER = 'seq';
const SPILL = 'spill';
const EVENTS = 'events';

/** What a plan is compiled for. */
export interface Source {
  readonly catalogue: FieldCatalogue;
  /** Names of the single-valued fields that have several values in some event. Those of all others cost nothing to ask for. */
  readonly spilled: ReadonlySet<string>;
  /** What `now` is. */
  readonly now: Instant;
  /** Table that holds every event the plan uses, quoted; `events` if absent. */
  readonly table?: string;
  /** Its columns beside the fields', of booleans; hidden names. */
  readonly added?: readonly string[];
}

/**
 * The events, as the first relation: one column a field. Only those asked for are read; a field whose name is like a hidden
 * column's is never dropped, as these are not.
 * @param fields names of the fields that the plan reads; null for all
 */
export function sourceRelation(
  { catalogue, spilled, now, table = EVENTS, added = [] }: Source,
  fields: ReadonlySet<string> | null,
): Relation {
  const read = catalogue.fields.filter(({ name }) => fields === null || fields.has(name) || isHidden(name));
  const names = fieldColumns(catalogue);
  const columns = read.map((field, index) => columnOf(field, spilled.has(field.name), `f${index}`));
  const beside = added.map((name, index) => ({ name, cell: one('boolean', `a${index}`), variety: 'few' as const }));
  const selected = [
    NUMBER,
    ...beside.map(({ name, cell }) => `${quoteName(name)} AS ${cell.sql}`),
    ...(read.some(({ name }) => spilled.has(name)) ? [SPILL] : []),
    ...read.map(({ name }, index) => `${quoteName(must(names.get(name), `column of ${name}`))} AS f${index}`),
  ];
  return {
    tables: [{ name: 's0', sql: () => `SELECT ${selected.join(', ')} FROM ${table}`, kept: false }],
    columns: [...columns, ...beside, { name: EVENT_COLUMN, cell: one('long', NUMBER), variety: 'many' }],
    order: [NUMBER],
    now,
    tick: null,
    isFew: table !== EVENTS,
    named: 0,
  };
}

function columnOf(field: Field, hasSpilled: boolean, sql: string): Column {
  const type = valueTypeOf(field.type);
  const single = hasSpilled ? spilledCell(field, sql) : one(type, sql);
  return { name: field.name, cell: field.many ? manyCell(type, sql) : single, variety: varietyOf(field) };
}

/** Addresses are stored in the order of their texts: to sort them otherwise would cost every event that is loaded. */
const manyCell = (type: ValueType, sql: string): Cell =>
  type === 'ip' ? { kind: 'many', type, sql: inAddressOrder(sql), anyOrder: sql } : many(type, sql);

/** Whether a field's values repeat. */
export const varietyOf = ({ type }: Field): Variety => VARIETIES[type];

/** Names, paths and ids repeat; command lines, which are mapped `wildcard` or `text`, hardly do. */
const VARIETIES: Readonly<Record<FieldType, Variety>> = {
  keyword: 'few',
  constant_keyword: 'few',
  wildcard: 'many',
  text: 'many',
  long: 'many',
  double: 'many',
  boolean: 'few',
  date: 'many',
  ip: 'few',
  flattened: 'many',
  nested: 'many',
};

function spilledCell(field: Field, sql: string): Cell {
  const type = valueTypeOf(field.type);
  const values = `json_extract(${SPILL}, ${textLiteral(pointerTo(field.name))})`;
  const list = (element: string) => `from_json(${values}, ${textLiteral(JSON.stringify([element]))})`;
  const several =
    type === 'datetime'
      ? `list_transform(${list('BIGINT')}, lambda t: epoch_ms(t))`
      : type === 'ip'
        ? inAddressOrder(list(SQL_TYPES[type]))
        : list(SQL_TYPES[type]);
  const mayBeSeveral = `${SPILL} IS NOT NULL`;
  return { kind: 'spilled', type, sql, several: `CASE WHEN ${mayBeSeveral} THEN ${several} END`, mayBeSeveral };
}

/** Dots mean nothing in a JSON pointer (RFC 6901), as it should be: a spilled field is one member under its full name. */
const pointerTo = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
