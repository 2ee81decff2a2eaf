import { unreachable } from '#shared/base/assert.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import {
  EVENT_COLUMN,
  EVENTS_COLUMN,
  FIRST_COLUMN,
  isHidden,
  LAST_COLUMN,
  type NamedExpression,
  type Step,
  TICK_COLUMN,
} from './plan.ts';
import type { ResultColumn } from './result.ts';
import { aggregateTypeOf, typeOf, valueTypeOf } from './types.ts';

type Columns = readonly ResultColumn[];

/** The columns of a store's source rows: every field of its catalogue in order, then `$event`. */
export const sourceColumns = (catalogue: FieldCatalogue): Columns => [
  ...catalogue.fields.map((field) => ({ name: field.name, type: valueTypeOf(field.type) })),
  { name: EVENT_COLUMN, type: 'long' },
];

/** Columns, hidden ones too, and their order after these steps over rows of `source`. */
export const columnsAfter = (steps: readonly Step[], source: Columns): Columns => steps.reduce(after, source);

/** The columns that a reader sees. */
export const visible = (columns: Columns): Columns => columns.filter((column) => !isHidden(column.name));

function after(columns: Columns, step: Step): Columns {
  switch (step.kind) {
    case 'filter':
    case 'sort':
    case 'limit':
    case 'expand':
      return columns;
    case 'keep':
      return [...step.columns.flatMap((name) => find(columns, name)), ...columns.filter(({ name }) => isHidden(name))];
    case 'drop':
      return columns.filter(({ name }) => !step.columns.includes(name));
    case 'derive':
      return step.columns.map(named).reduce(put, columns);
    case 'rename':
      return step.columns.reduce(rename, columns);
    case 'aggregate':
      return [
        ...step.aggregates.map((aggregate) => ({ name: aggregate.name, type: aggregateTypeOf(aggregate) })),
        ...step.keys.map(named),
      ];
    case 'inline-aggregate':
      return [
        ...step.aggregates.map((aggregate) => ({ name: aggregate.name, type: aggregateTypeOf(aggregate) })),
        ...step.by.flatMap((name) => find(columns, name)),
      ].reduce(put, columns);
    case 'ticks':
      return put(columns, { name: TICK_COLUMN, type: 'datetime' });
    case 'new-terms':
      return [...step.fields.flatMap((name) => find(columns, name)), ...NEW_TERMS_COLUMNS];
    default:
      return unreachable(step);
  }
}

const NEW_TERMS_COLUMNS: Columns = [
  { name: TICK_COLUMN, type: 'datetime' },
  { name: EVENTS_COLUMN, type: 'long' },
  { name: FIRST_COLUMN, type: 'datetime' },
  { name: LAST_COLUMN, type: 'datetime' },
];

const named = ({ name, value }: NamedExpression): ResultColumn => ({ name, type: typeOf(value) });

const find = (columns: Columns, name: string): Columns => columns.filter((column) => column.name === name);

const put = (columns: Columns, added: ResultColumn): Columns => [
  ...columns.filter((column) => column.name !== added.name),
  added,
];

/** The renamed column stays in its place; another of the new name gives way. */
const rename = (columns: Columns, { from, to }: { readonly from: string; readonly to: string }): Columns =>
  columns
    .filter((column) => column.name === from || column.name !== to)
    .map((column) => (column.name === from ? { ...column, name: to } : column));
