import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { must } from '#shared/base/assert.ts';
import type { Field } from '#shared/event/field.ts';
import { quoteName, quoteText } from '../sql/identifier.ts';
import { fieldColumns } from './field-columns.ts';
import type { LeafReader, LeafReading } from './leaf.ts';
import { columnType, type Layout } from './schema.ts';
import { type Reading, readingOf } from './spelling.ts';

/** The field that names an event: read also where the catalogue lacks it. */
export const EVENT_ID: Field = { name: 'event.id', type: 'keyword', ignoreAbove: 1024 };
export const TIMESTAMP = '@timestamp';

/** A field on its way through the statement: the names of its columns at each step. */
interface Slot {
  readonly field: Field;
  /** Its JSON text, VARCHAR. */
  readonly raw: string;
  /** The value, where the JSON is a scalar. */
  readonly one: string;
  /** The values, where the JSON is an array; only for texts. */
  readonly several: string;
  readonly leaf: LeafReading;
  /** Places in the struct, nested spelling first. */
  readonly places: readonly string[];
}

/** Whether a record without a time is refused. */
export const needsTime = ({ catalogue, anyRecord }: Layout): boolean =>
  catalogue.find(TIMESTAMP) !== undefined && !anyRecord;

/** `event.id` comes last where the catalogue does not have it. */
export const fieldsToRead = ({ catalogue }: Layout): readonly Field[] =>
  catalogue.find(EVENT_ID.name) ? catalogue.fields : [...catalogue.fields, EVENT_ID];

/**
 * The SELECT that turns records (a relation `place, json`, `json` NULL where a line is no JSON) into the columns of `events`
 * that a record determines, plus `place` and `sure`: false where this reading must not decide. Other columns of such a row
 * mean nothing.
 *
 * Steps, inside out: one parse into a struct that has all spellings; the JSON text of each field; values; columns.
 */
export function normaliseSql(layout: Layout, records: string, read: LeafReader): string {
  const fields = fieldsToRead(layout);
  const reading = readingOf(fields);
  const slots = fields.map((field, index) => slotOf(field, index, reading, read));
  const raws = slots.map(({ raw, places }) => `CAST(coalesce(${places.join(', ')}) AS VARCHAR) AS ${raw}`);
  return `
SELECT ${finalColumns(slots, layout).join(',\n  ')}
FROM (
  SELECT place, json, sure_record, ${slots.map(({ raw }) => raw).join(', ')},
    ${slots.flatMap(valueColumns).join(',\n    ')}
  FROM (
    SELECT place, json, ${raws.join(',\n      ')},
      CASE WHEN ${recordConditions(slots, reading).join('\n        AND ')} THEN true ELSE false END AS sure_record
    FROM (
      SELECT place, json, from_json(json, ${quoteText(reading.structure)}) AS record
      FROM (${records}) AS records
    ) AS parsed
  ) AS leaves
) AS valued`;
}

function slotOf(field: Field, index: number, reading: Reading, read: LeafReader): Slot {
  const raw = `raw_${index}`;
  const leaves = reading.leaves.get(field.name) ?? [];
  const places = leaves.length > 0 ? leaves.map((path) => `record.${path}`) : ['NULL'];
  return { field, raw, one: `one_${index}`, several: `several_${index}`, leaf: read(field, raw), places };
}

const valueColumns = ({ leaf, one, several }: Slot): readonly string[] => [
  `${leaf.one} AS ${one}`,
  ...(leaf.several ? [`${leaf.several} AS ${several}`] : []),
];

/** What must hold of a record as a whole for SQL to decide it. */
function recordConditions(slots: readonly Slot[], reading: Reading): readonly string[] {
  const otherSpellings = slots.flatMap(({ places }) => places.slice(1));
  return [
    `json IS NOT NULL AND starts_with(json, '{') AND strlen(json) <= ${MAX_RECORD_BYTES}`,
    ...(reading.objects.length > 0 ? [noArrayOfObjects(reading.objects)] : []),
    ...(reading.crowded.length > 0 ? [onlyObjectsAt(reading.crowded)] : []),
    ...(otherSpellings.length > 0
      ? [`(coalesce(${otherSpellings.join(', ')}) IS NULL OR (${slots.flatMap(spelledOnce).join(' AND ')}))`]
      : []),
  ];
}

const pointerList = (pointers: readonly string[]): string => `[${pointers.map(quoteText).join(', ')}]`;

/** Looks for an array that holds arrays or objects anywhere first: cheap, and most records have none. */
const noArrayOfObjects = (objects: readonly string[]): string =>
  `(NOT regexp_matches(json, '[\\[,]\\s*[\\[{]') OR NOT list_contains(json_type(json, ${pointerList(objects)}), 'ARRAY'))`;

const onlyObjectsAt = (pointers: readonly string[]): string =>
  `len(list_filter(json_type(json, ${pointerList(pointers)}), lambda kind: kind NOT IN ('OBJECT', 'NULL'))) = 0`;

const spelledOnce = ({ places }: Slot): readonly string[] =>
  places.length < 2 ? [] : [`(${places.map((place) => `CAST(${place} IS NOT NULL AS INTEGER)`).join(' + ')}) <= 1`];

function finalColumns(slots: readonly Slot[], layout: Layout): readonly string[] {
  const stored = slots.slice(0, layout.catalogue.fields.length);
  const columns = fieldColumns(layout.catalogue);
  const columnOf = ({ name }: Field): string => quoteName(must(columns.get(name), `column of ${name}`));
  const hashOf = (name: string) => {
    const slot = stored.find(({ field }) => field.name === name && !field.many);
    return slot ? `CASE WHEN (${value(slot)}) IS NOT NULL THEN hash(${value(slot)}) END` : 'NULL';
  };
  return [
    'place',
    `${sureSql(slots, layout)} AS sure`,
    `${idSql(slots)} AS id`,
    `${nanosecondsSql(stored)} AS ns`,
    ...stored.map((slot) => `CAST(${value(slot)} AS ${columnType(slot.field)}) AS ${columnOf(slot.field)}`),
    `CAST(${spillSql(stored)} AS JSON) AS spill`,
    `${hashOf('process.entity_id')} AS entity_hash`,
    `${hashOf('process.parent.entity_id')} AS parent_hash`,
    ...(layout.keepText ? ['json AS text'] : []),
  ];
}

/** The column's value: a list for fields with many, else the only value. */
function value({ field, leaf, one, several }: Slot): string {
  const single = `CASE WHEN ${one} IS NOT NULL THEN [${one}] END`;
  if (!leaf.several) return field.many ? single : one;
  return field.many
    ? `CASE WHEN ${several} IS NULL THEN ${single} WHEN len(${several}) > 0 THEN ${several} END`
    : `CASE WHEN ${several} IS NULL THEN ${one} WHEN len(${several}) = 1 THEN ${several}[1] END`;
}

/**
 * True that the optimizer must not see through: it would move a filter on `sure` below the steps by repeating all of them,
 * which doubles the cost.
 */
const OPAQUE_TRUE = 'random() < 2';

function sureSql(slots: readonly Slot[], { catalogue }: Layout): string {
  const conditions = slots.map(({ raw, one, several, leaf }) => `(${raw} IS NULL OR ${sureOf(leaf, one, several)})`);
  const timestamp = slots.find(({ field }) => field.name === TIMESTAMP && catalogue.find(TIMESTAMP));
  const dated = timestamp ? [`${timestamp.one} IS NOT NULL`] : [];
  return `CASE WHEN sure_record AND ${[...dated, ...conditions].join('\n    AND ')} THEN ${OPAQUE_TRUE} ELSE false END`;
}

/** A condition on a computed value asks its column instead of computing it again. */
const sureOf = ({ sure, one, several }: LeafReading, oneName: string, severalName: string): string => {
  if (sure === `${several} IS NOT NULL`) return `${severalName} IS NOT NULL`;
  return sure === `${one} IS NOT NULL` ? `${oneName} IS NOT NULL` : sure;
};

/** An empty `event.id` names nothing. */
function idSql(slots: readonly Slot[]): string {
  const slot = slots.find(({ field }) => field.name === EVENT_ID.name);
  const first = slot?.leaf.several ? `coalesce(${slot.one}, ${slot.several}[1])` : (slot?.one ?? 'NULL');
  return `coalesce(nullif(CAST(${first} AS VARCHAR), ''), 'sha256:' || sha256(json))`;
}

/** Digits four to nine of the fraction of `@timestamp`. */
function nanosecondsSql(slots: readonly Slot[]): string {
  const slot = slots.find(({ field }) => field.name === TIMESTAMP && field.type === 'date');
  if (!slot) return '0';
  const digits = `regexp_extract(${slot.raw}, '\\.[0-9]{3}([0-9]{1,6})', 1)`;
  return `CAST(rpad(coalesce(${digits}, ''), 6, '0') AS INTEGER)`;
}

/** Values of single-valued columns that have several: rare, so one look at all of them comes first. */
function spillSql(slots: readonly Slot[]): string {
  const spilling = slots.filter(({ field, leaf }) => leaf.several && !field.many);
  if (spilling.length === 0) return 'NULL';
  const more = spilling.map(({ several }) => `len(${several}) > 1`);
  const members = spilling.map(
    ({ field, several }, index) =>
      `CASE WHEN ${more[index]} THEN ${quoteText(`${JSON.stringify(field.name)}:`)} || to_json(${several}) END`,
  );
  return `CASE WHEN ${more.join(' OR ')} THEN '{' || concat_ws(',', ${members.join(', ')}) || '}' END`;
}
