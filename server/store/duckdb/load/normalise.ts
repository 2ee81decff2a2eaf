import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { must } from '#shared/base/assert.ts';
import { type Field, pathOf } from '#shared/event/field.ts';
import { quoteName, quoteText } from '../sql/identifier.ts';
import { fieldColumns } from './field-columns.ts';
import { type LeafReading, readJson, readList, readText } from './leaf.ts';
import { isObject, type ObjectPlace, type Place, type Reading } from './reading.ts';
import { columnType, type Layout } from './schema.ts';

/** The field that names an event: read also where the catalogue lacks it. */
export const EVENT_ID: Field = { name: 'event.id', type: 'keyword', ignoreAbove: 1024 };
export const TIMESTAMP = '@timestamp';

/** A field on its way through the statement: the names of its columns at each step. */
export interface Slot {
  readonly field: Field;
  /** Its text or JSON, VARCHAR. */
  readonly raw: string;
  /** The value, where the JSON is a scalar. */
  readonly one: string;
  /** The values, where the JSON is an array; only for texts. */
  readonly several: string;
  readonly leaf: LeafReading;
  /** Places in the struct. */
  readonly places: readonly string[];
}

/** Whether a record without a time is refused. */
export const needsTime = ({ catalogue, anyRecord }: Layout): boolean =>
  catalogue.find(TIMESTAMP) !== undefined && !anyRecord;

/** `event.id` comes last where the catalogue does not have it. */
export const fieldsToRead = ({ catalogue }: Layout): readonly Field[] =>
  catalogue.find(EVENT_ID.name) ? catalogue.fields : [...catalogue.fields, EVENT_ID];

/**
 * The SELECT that turns records into the columns of `events` that a record determines. `id` is NULL where this reading must not
 * decide; other columns of such a row mean nothing.
 *
 * Steps, inside out: one parse into a struct; the text of each field; values; whether all of them are sure; columns.
 */
export function normaliseSql(layout: Layout, reading: Reading, records: Records): string {
  const slots = slotsOf(layout, reading);
  return columnsSql(layout, slots, leavesSql(slots, reading, records), idSql(slots, records));
}

export const slotsOf = (layout: Layout, reading: Reading): readonly Slot[] =>
  fieldsToRead(layout).map((field, index) => slotOf(field, index, reading));

/** The SELECT of the leaves of records, each as `raw` of its slot, and of what must hold of a record for SQL to decide it: `sure_record`. */
export function leavesSql(slots: readonly Slot[], reading: Reading, records: Records): string {
  const raws = slots.map(({ field, raw, places }) => `${rawSql(field, places, reading)} AS ${raw}`);
  const isParsed = records.kind === 'parsed';
  return `
SELECT ${[...(isParsed ? [] : ['json']), ...raws].join(',\n  ')},
  ${recordConditions(slots, reading, isParsed).join('\n  AND ')} AS sure_record
FROM ${isParsed ? records.sql : parsedSql(reading, records.sql)}`;
}

/** The SELECT of the columns of `events`, and of what stands beside the leaves, of leaves that `leavesSql` gives: `id` is SQL for the event's own. */
export const columnsSql = (
  layout: Layout,
  slots: readonly Slot[],
  leaves: string,
  id: string,
  beside: readonly string[] = [],
): string => `
SELECT ${[...beside, ...finalColumns(slots, layout, id)].join(',\n  ')}
FROM (${judgedSql(layout, slots, leaves)}) AS judged`;

/** Leaves with their values, and whether all of them are `sure`. */
export const judgedSql = (layout: Layout, slots: readonly Slot[], leaves: string): string => `
  SELECT *, ${sureSql(slots, layout)} AS sure
  FROM (
    SELECT *, ${slots.flatMap(valueColumns).join(',\n      ')}
    FROM (${leaves}) AS leaves
  ) AS valued`;

/** `parsed`: a relation `record` with the columns of the reading's struct, by a parse that takes nothing else (`at-once.ts`). */
export interface Records {
  /** `lines`: a SELECT of `json`, NULL where a line is no JSON. */
  readonly kind: 'lines' | 'parsed';
  readonly sql: string;
}

/** This parse gives NULL for what is of another type: only as text is nothing missed. */
const parsedSql = ({ structure }: Reading, lines: string): string => `(
        SELECT json, from_json(json, ${quoteText(JSON.stringify(structure, (_, type) => (type === 'unlikely' ? 'VARCHAR' : type)))}) AS record
        FROM (${lines}) AS records
      ) AS parsed`;

const rawSql = (field: Field, places: readonly string[], { asList }: Reading): string =>
  asList.has(pathOf(field)) ? `coalesce(${places.join(', ')})` : coalesced(places);

/** The first text or JSON of these. JSON is cast, since its type would win, and text is none. */
const coalesced = (places: readonly string[]): string => {
  const texts = places.map((place) => `CAST(${place} AS VARCHAR)`);
  return texts.length > 1 ? `coalesce(${texts.join(', ')})` : (texts[0] ?? 'CAST(NULL AS VARCHAR)');
};

function slotOf(field: Field, index: number, reading: Reading): Slot {
  const names = { raw: `raw_${index}`, one: `one_${index}`, several: `several_${index}` };
  const path = pathOf(field);
  const leaf = reading.asList.has(path)
    ? readList(field, names.raw)
    : reading.asJson.has(path)
      ? readJson(field, names)
      : readText(field, names);
  return { field, ...names, leaf, places: reading.places.get(field.name) ?? [] };
}

const valueColumns = ({ leaf, one, several }: Slot): readonly string[] => [
  `${leaf.one} AS ${one}`,
  ...(leaf.several ? [`${leaf.several} AS ${several}`] : []),
];

/** What must hold of a record as a whole for SQL to decide it. */
function recordConditions(slots: readonly Slot[], reading: Reading, isParsed: boolean): readonly string[] {
  const { unread } = reading;
  const shape = [...unread.map((place) => `${place} IS NULL`), ...slots.flatMap(spelledOnce)];
  return ['true', ...shape, ...(isParsed ? [] : lineShape(slots, reading))];
}

/** What the parse into a struct does not show. */
function lineShape(slots: readonly Slot[], reading: Reading): readonly string[] {
  const { objects, lists } = reading;
  return [
    `json IS NOT NULL AND starts_with(json, '{') AND strlen(json) <= ${MAX_RECORD_BYTES}`,
    ...(objects.length > 0 ? [onlyObjectsAt(objects)] : []),
    ...(lists.length > 0 ? [onlyListsAt(lists)] : []),
    ...objectsByOneKey(slots.map(({ field }) => field)),
  ];
}

/** A dotted key can reach into an object that is a field, which no place of the struct shows. Looser than need be. */
function objectsByOneKey(fields: readonly Field[]): readonly string[] {
  const keys = fields.filter(isObject).map((field) => `${pathOf(field).split('.').at(-1)}.`);
  return keys.length === 0 ? [] : [...keys, '\\u00'].map((text) => `NOT contains(json, ${quoteText(text)})`);
}

/** An object in which nothing is found may be an array of objects, which the struct cannot see: parsing again tells. */
function onlyObjectsAt(objects: readonly ObjectPlace[]): string {
  const empty = objects
    .map(({ path, leaves }) => [`${path} IS NOT NULL`, ...leaves.map((leaf) => `${leaf} IS NULL`)].join(' AND '))
    .map((isEmpty) => `(${isEmpty})`)
    .join(' OR ');
  const no = (kind: string, pointers: readonly ObjectPlace[]) =>
    pointers.length === 0
      ? 'true'
      : `len(list_filter(json_type(json, ${pointerList(pointers)}), lambda kind: ${kind})) = 0`;
  const crowded = objects.filter(({ isField }) => isField);
  return `CASE WHEN ${empty} THEN ${no("kind = 'ARRAY'", objects)}
          AND ${no("kind NOT IN ('OBJECT', 'NULL')", crowded)} ELSE true END`;
}

/** Where the struct has no list there may be anything else: parsing again tells. */
function onlyListsAt(lists: readonly Place[]): string {
  const absent = lists.map(({ path }) => `${path} IS NULL`).join(' OR ');
  const kinds = `json_type(json, ${pointerList(lists)})`;
  return `CASE WHEN ${absent} THEN len(list_filter(${kinds}, lambda kind: kind NOT IN ('ARRAY', 'NULL'))) = 0 ELSE true END`;
}

const pointerList = (places: readonly Place[]): string =>
  `[${places.map(({ pointer }) => quoteText(pointer)).join(', ')}]`;

const spelledOnce = ({ places }: Slot): readonly string[] =>
  places.length < 2 ? [] : [`(${places.map((place) => `CAST(${place} IS NOT NULL AS INTEGER)`).join(' + ')}) <= 1`];

function sureSql(slots: readonly Slot[], layout: Layout): string {
  const timestamp = slots.find(({ field }) => field.name === TIMESTAMP && layout.catalogue.find(TIMESTAMP));
  const dated = timestamp ? [`${timestamp.one} IS NOT NULL`] : needsTime(layout) ? ['false'] : [];
  const read = slots.filter(({ places }) => places.length > 0);
  const sure = read.length > 0 ? [`(${read.map(({ leaf }) => leaf.doubt).join('\n    OR ')}) IS NOT TRUE`] : [];
  return ['sure_record', ...dated, ...sure].join(' AND ');
}

function finalColumns(slots: readonly Slot[], layout: Layout, id: string): readonly string[] {
  const stored = slots.slice(0, layout.catalogue.fields.length);
  const columns = fieldColumns(layout.catalogue);
  const columnOf = ({ name }: Field): string => quoteName(must(columns.get(name), `column of ${name}`));
  const hashOf = (name: string) => {
    const slot = stored.find(({ field }) => field.name === name && !field.many);
    return slot ? hashed(value(slot)) : 'NULL';
  };
  return [
    `CASE WHEN sure THEN ${id} END AS id`,
    `${nanosecondsSql(stored)} AS ns`,
    ...stored.map((slot) => `CAST(${value(slot)} AS ${columnType(slot.field)}) AS ${columnOf(slot.field)}`),
    `CAST(${spillSql(stored)} AS JSON) AS spill`,
    `${hashOf('process.entity_id')} AS entity_hash`,
    `${hashOf('process.parent.entity_id')} AS parent_hash`,
  ];
}

const hashed = (text: string): string => `CASE WHEN (${text}) IS NOT NULL THEN hash(${text}) END`;

/** The column's value: a list for fields with many, else the only value. */
function value({ field, leaf, one, several }: Slot): string {
  const single = `CASE WHEN ${one} IS NOT NULL THEN [${one}] END`;
  if (!leaf.several) return field.many ? single : one;
  return field.many
    ? `CASE WHEN ${several} IS NULL THEN ${single} WHEN len(${several}) > 0 THEN ${several} END`
    : `CASE WHEN ${several} IS NULL THEN ${one} WHEN len(${several}) = 1 THEN ${several}[1] END`;
}

/** An empty `event.id` names nothing. Where the line is not at hand, its digest is left to the exact reading. */
export function idSql(slots: readonly Slot[], { kind }: Records): string {
  const slot = slots.find(({ field }) => field.name === EVENT_ID.name);
  const first = slot?.leaf.several ? `coalesce(${slot.one}, ${slot.several}[1])` : (slot?.one ?? 'NULL');
  const named = `nullif(CAST(${first} AS VARCHAR), '')`;
  return kind === 'parsed' ? named : `coalesce(${named}, 'sha256:' || sha256(json))`;
}

/** Digits four to nine of the fraction of `@timestamp`. */
function nanosecondsSql(slots: readonly Slot[]): string {
  const slot = slots.find(({ field }) => field.name === TIMESTAMP && field.type === 'date');
  if (!slot) return '0';
  const digits = `regexp_extract(${slot.raw}, '\\.[0-9]{3}([0-9]{1,6})', 1)`;
  // The shortest such time has 25 characters: 2026-01-31T12:00:00.1234Z.
  return `CASE WHEN strlen(${slot.raw}) < 25 THEN 0 ELSE CAST(rpad(coalesce(${digits}, ''), 6, '0') AS INTEGER) END`;
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
