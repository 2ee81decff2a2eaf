import { unreachable } from '#shared/base/assert.ts';
import type { Field } from '#shared/event/field.ts';
import { quoteText } from '../sql/identifier.ts';

/**
 * How the JSON text of a leaf becomes a value. A leaf's first character tells its type, since it is text that DuckDB wrote from
 * parsed JSON: `"` a string, `[` an array, `{` an object, which is no value. The forms that SQL reads surely are read here;
 * for the rest `sure` is false, and the exact path decides (`exact.ts`).
 */
export interface LeafReading {
  /** BOOLEAN: false where SQL must not decide; null or true elsewhere. */
  readonly sure: string;
  /** The single value, or NULL. */
  readonly one: string;
  /** The values as a list, for a leaf that is an array; NULL elsewhere. Absent where arrays are left to the exact path. */
  readonly several?: string;
}

/** `raw` is an SQL expression (a column) of type VARCHAR: the leaf's JSON text, NULL for none. */
export function readLeafSql(field: Field, raw: string): LeafReading {
  switch (field.type) {
    case 'keyword':
    case 'constant_keyword':
    case 'wildcard':
    case 'text':
      return readText(field, raw, `${raw} IN ('true', 'false') OR regexp_full_match(${raw}, '-?[1-9][0-9]*|0')`);
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
}

const LONG = '-?[0-9]{1,18}|"-?[0-9]{1,18}"';
const DOUBLE = '-?[0-9]{1,15}(\\.[0-9]{1,15})?';
/** Epoch milliseconds. */
const EPOCH = '-?[0-9]{1,15}|"[0-9]{1,15}"';
/** ISO 8601 with seconds and a zone, after 1970: before, DuckDB cuts towards the epoch instead of down. */
const DATE =
  '"(?:197[1-9]|19[89][0-9]|[2-9][0-9]{3})-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?' +
  '(?:Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)"';
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
