import { pathOf } from '#shared/event/field.ts';
import { mayConcernSql, type RawField } from './concern.ts';
import {
  columnsSql,
  EVENT_ID,
  idSql,
  judgedSql,
  leavesSql,
  type Records,
  type Slot,
  slotsOf,
  TIMESTAMP,
} from './normalise.ts';
import { isText, type Reading } from './reading.ts';
import type { Layout } from './schema.ts';

/** A temporary table: a row a record, in the order of the file. */
export const SIFTED = 'sifted';

/** In the transaction that fills a table its rows are not numbered from 0. */
const PLACE = `rowid - (SELECT min(rowid) FROM ${SIFTED})`;

/**
 * The statement that reads a file of which few records concern a rule (`Layout.concerning`). Of each record it keeps id and time, of
 * these few the leaves as well: packed into lists, since a column of leaves costs its room in every row, whether it has one or not. Of all
 * others nothing more is worked out.
 */
export function siftSql(layout: Layout, reading: Reading, records: Records): string {
  const slots = slotsOf(layout, reading);
  const whole = `SELECT *, ${mayConcernSql(layout.concerning ?? [], slots.map(rawField(reading)))} AS whole
    FROM (${leavesSql(slots, reading, records)}) AS told`;
  const isTime = ({ field: { name, type } }: Slot) => name === TIMESTAMP && type === 'date';
  const time = slots.find(isTime)?.one ?? 'CAST(NULL AS TIMESTAMP)';
  const { texts, lists } = packed(slots, reading);
  return `CREATE OR REPLACE TEMP TABLE ${SIFTED} AS
SELECT CASE WHEN sure THEN ${idSql(slots, records)} END AS id, ${time} AS time, whole,
  CASE WHEN whole THEN ${listOf(texts, 'VARCHAR[]')} END AS texts,
  CASE WHEN whole THEN ${listOf(lists, 'VARCHAR[][]')} END AS lists
FROM (${judgedSql(
    layout,
    slots.filter(({ field: { name } }) => name === TIMESTAMP || name === EVENT_ID.name),
    whole,
  )}) AS judged`;
}

/** The SELECT of what `normaliseSql` gives of the records that are stored whole, each with its `place` in the file. */
export function wholeSql(layout: Layout, reading: Reading): string {
  const slots = slotsOf(layout, reading);
  const { texts, lists } = packed(slots, reading);
  const unpacked = [
    ...texts.map(({ raw }, index) => `texts[${index + 1}] AS ${raw}`),
    ...lists.map(({ raw }, index) => `lists[${index + 1}] AS ${raw}`),
  ];
  const leaves = `SELECT ${PLACE} AS place, id, id IS NOT NULL AS sure_record, ${unpacked.join(', ')} FROM ${SIFTED} WHERE whole`;
  return columnsSql(layout, slots, leaves, 'id', ['place']);
}

/** What is stored of the others, by the columns of their table; each with its `place`. */
export const OTHERS_SQL = `SELECT ${PLACE} AS place, id, time AS "@timestamp" FROM ${SIFTED} WHERE NOT whole`;

/** Which leaves are in which list, in their order. */
const packed = (slots: readonly Slot[], { asList }: Reading): Readonly<Record<'texts' | 'lists', readonly Slot[]>> => ({
  texts: slots.filter(({ field }) => !asList.has(pathOf(field))),
  lists: slots.filter(({ field }) => asList.has(pathOf(field))),
});

const listOf = (slots: readonly Slot[], type: string): string =>
  `CAST([${slots.map(({ raw }) => raw).join(', ')}] AS ${type})`;

const rawField =
  ({ asList, asJson }: Reading) =>
  ({ field, raw, leaf }: Slot): RawField => {
    const path = pathOf(field);
    const kind = asList.has(path) ? 'list' : asJson.has(path) || !isText(field.type) ? 'json' : 'text';
    return { field, raw, kind, doubt: leaf.doubt };
  };
