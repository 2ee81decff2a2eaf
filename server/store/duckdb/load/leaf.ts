import { unreachable } from '#shared/base/assert.ts';
import type { Field } from '#shared/event/field.ts';
import { quoteText } from '../sql/identifier.ts';

/**
 * How the JSON text of a leaf becomes a value. Its first character tells its type, since it is text that DuckDB wrote from
 * parsed JSON: `"` a string, `[` an array, `{` an object, which is no value. Forms that a reading is not sure of are left to
 * the next one: plain, wide, exact (`exact.ts`).
 */
export interface LeafReading {
  /** BOOLEAN, of a leaf that is there: true where the reading is sure; false or null elsewhere. */
  readonly sure: string;
  /** The only value, or NULL. */
  readonly one: string;
  /** The values of an array, for texts; NULL where the leaf is none. */
  readonly several?: string;
}

/** `raw` is an SQL expression (a column) of type VARCHAR: the leaf's JSON text, NULL for none. */
export type LeafReader = (field: Field, raw: string) => LeafReading;

/**
 * What nearly all leaves are, at the least cost: one value of the field's own type within its length, arrays of texts only
 * where the field has many values. A value that comes out is sure.
 */
export const readPlainly: LeafReader = (field, raw) => {
  if (!isText(field)) {
    const { one } = readWidely(field, raw);
    return { sure: `${one} IS NOT NULL`, one };
  }
  const size = field.ignoreAbove === undefined ? 'true' : `strlen(${raw}) <= ${field.ignoreAbove}`;
  const number = field.type === 'ip' ? '' : `WHEN ${size} AND ${matches(raw, WHOLE)} THEN ${raw}`;
  const one = `CASE WHEN starts_with(${raw}, '"') AND ${size} THEN ${raw}->>'$'
    WHEN starts_with(${raw}, '["') AND ${size} AND ${matches(raw, ONE_STRING)} THEN ${raw}->>'$[0]' ${number} END`;
  if (!field.many) return { sure: `${one} IS NOT NULL`, one };
  const several = `CASE WHEN ${size} AND ${matches(raw, STRINGS)} THEN
    list_sort(list_distinct(from_json(${raw}, '["VARCHAR"]'))) END`;
  return { sure: `${several} IS NOT NULL`, one: 'CAST(NULL AS VARCHAR)', several };
};

const isText = ({ type }: Field): boolean =>
  type === 'keyword' || type === 'constant_keyword' || type === 'wildcard' || type === 'text' || type === 'ip';

/** Also several values of texts, values that are too long, and what is no value of the type. */
export const readWidely: LeafReader = (field, raw) => {
  switch (field.type) {
    case 'keyword':
    case 'constant_keyword':
    case 'wildcard':
    case 'text':
      return readText(field, raw, `${raw} IN ('true', 'false') OR ${matches(raw, WHOLE)}`);
    case 'ip':
      return readText(field, raw, 'false');
    case 'long':
      return { sure: sureWhen(raw, LONG), one: `TRY_CAST(${whenMatches(raw, LONG)} AS BIGINT)` };
    case 'double':
      return { sure: sureWhen(raw, DOUBLE), one: `TRY_CAST(${whenMatches(raw, DOUBLE)} AS DOUBLE)` };
    case 'boolean':
      return { sure: `NOT starts_with(${raw}, '[')`, one: readBoolean(raw) };
    case 'date':
      return { sure: sureWhen(raw, `${DATE}|${EPOCH}`), one: readDate(raw) };
    default:
      return unreachable(field.type);
  }
};

/** A number whose text is the same everywhere. */
const WHOLE = '-?[1-9][0-9]*|0';
const LONG = '-?[0-9]{1,18}|"-?[0-9]{1,18}"';
const DOUBLE = '-?[0-9]{1,15}(\\.[0-9]{1,15})?';
/** Epoch milliseconds. */
const EPOCH = '-?[0-9]{1,15}|"[0-9]{1,15}"';
/** ISO 8601 with seconds and a zone, after 1970: before, DuckDB cuts towards the epoch instead of down. */
const DATE =
  '"(?:197[1-9]|19[89][0-9]|[2-9][0-9]{3})-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?' +
  '(?:Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)"';
const ONE_STRING = '\\["(?:[^"\\\\]|\\\\.)*"\\]';
/** An array of strings and nothing else, as DuckDB writes it: without blanks. */
const STRINGS = '\\[(?:"(?:[^"\\\\]|\\\\.)*"(?:,"(?:[^"\\\\]|\\\\.)*")*)?\\]';

const matches = (raw: string, pattern: string): string => `regexp_full_match(${raw}, ${quoteText(pattern)}, 's')`;

const sureWhen = (raw: string, pattern: string): string => `${matches(raw, pattern)} OR starts_with(${raw}, '{')`;

const unquoted = (raw: string): string => `trim(${raw}, '"')`;

const whenMatches = (raw: string, pattern: string): string =>
  `CASE WHEN ${matches(raw, pattern)} THEN ${unquoted(raw)} END`;

const readBoolean = (raw: string): string =>
  `CASE WHEN ${raw} IN ('true', '"true"') THEN true WHEN ${raw} IN ('false', '"false"') THEN false END`;

/** Through TIMESTAMPTZ: a cast to TIMESTAMP ignores the offset. `epoch_ms` cuts to milliseconds. */
const readDate = (raw: string): string =>
  `epoch_ms(CASE WHEN ${matches(raw, DATE)} THEN epoch_ms(TRY_CAST(${unquoted(raw)} AS TIMESTAMPTZ))
    WHEN ${matches(raw, EPOCH)} THEN TRY_CAST(${unquoted(raw)} AS BIGINT) END)`;

function readText(field: Field, raw: string, plain: string): LeafReading {
  const string = `${raw}->>'$'`;
  const limit = field.ignoreAbove;
  const within = (text: string) => (limit === undefined ? 'true' : withinLimit(text, limit));
  const scalar = `CASE WHEN starts_with(${raw}, '"') THEN ${string} WHEN ${plain} THEN ${raw} END`;
  const elements = `from_json(${raw}, '["VARCHAR"]')`;
  const kept = limit === undefined ? elements : `list_filter(${elements}, lambda x: ${withinLimit('x', limit)})`;
  return {
    sure: `starts_with(${raw}, '"') OR starts_with(${raw}, '{') OR ${plain} OR
      (starts_with(${raw}, '[') AND ${matches(raw, STRINGS)})`,
    one: limit === undefined ? scalar : `CASE WHEN strlen(${raw}) <= ${limit} OR ${within(scalar)} THEN ${scalar} END`,
    several: `CASE WHEN starts_with(${raw}, '[') THEN list_sort(list_distinct(${kept})) END`,
  };
}

/** In UTF-16 units, which `ignore_above` counts: characters beyond U+FFFF are two. */
const withinLimit = (text: string, limit: number): string =>
  `CASE WHEN strlen(${text}) <= ${limit} THEN true
    ELSE length(${text}) + length(regexp_replace(${text}, '[^\\x{10000}-\\x{10FFFF}]', '', 'g')) <= ${limit} END`;
