import { unreachable } from '#shared/base/assert.ts';
import type { Field } from '#shared/event/field.ts';
import { isCanonicalJson } from '../sql/canonical-address.ts';
import { quoteText } from '../sql/identifier.ts';
import { hasUnits } from '../sql/utf16.ts';
import { isObject, isText } from './reading.ts';

/** How a leaf becomes a value. What the engine is not sure of is left to the exact reading (`exact.ts`). */
export interface LeafReading {
  /** The only value, or NULL. */
  readonly one: string;
  /** The values of an array, for texts; NULL where the leaf is none. */
  readonly several?: string;
  /** BOOLEAN: true where the reading is not sure, false or NULL elsewhere. */
  readonly doubt: string;
}

/** Names of columns: the leaf, and what `one` became. */
export interface LeafColumns {
  readonly raw: string;
  readonly one: string;
}

/** Reads a leaf that the struct holds as JSON: its first character tells its type, since DuckDB wrote it from parsed JSON. */
export function readJson(field: Field, { raw, one }: LeafColumns): LeafReading {
  if (field.type === 'ip') return readAddresses(raw);
  return isText(field.type)
    ? readJsonText(field, raw)
    : readText(field, { raw: isObject(field) ? raw : `(${raw}->>'$')`, one });
}

/**
 * Reads a leaf that the struct holds as text, be it a string or not in JSON: in doubt where not every JSON that has this text
 * has the same value.
 */
export function readText(field: Field, { raw, one }: LeafColumns): LeafReading {
  switch (field.type) {
    case 'keyword':
    case 'constant_keyword':
    case 'wildcard':
    case 'text':
      return { one: raw, doubt: doubtText(field, raw) };
    case 'long':
      return { one: `TRY_CAST(${raw} AS BIGINT)`, doubt: `CAST(${one} AS VARCHAR) IS DISTINCT FROM ${raw}` };
    case 'double':
      return { one: `TRY_CAST(${whenMatches(raw, DOUBLE)} AS DOUBLE)`, doubt: `${raw} IS NOT NULL AND ${one} IS NULL` };
    case 'boolean':
      return {
        one: `CASE ${raw} WHEN 'true' THEN true WHEN 'false' THEN false WHEN '' THEN false END`,
        doubt: `${raw} IS NOT NULL AND ${one} IS NULL`,
      };
    case 'date':
      return { one: readDate(raw), doubt: `${raw} IS NOT NULL AND ${one} IS NULL` };
    case 'ip':
    case 'flattened':
    case 'nested':
      return unread(raw);
    default:
      return unreachable(field.type);
  }
}

/** What an object holds, the exact reading finds; an address is read from its JSON. */
const unread = (raw: string): LeafReading => ({
  one: 'CAST(NULL AS VARCHAR)',
  several: 'CAST(NULL AS VARCHAR[])',
  doubt: `${raw} IS NOT NULL`,
});

const DOUBLE = '(?:-?[1-9][0-9]{0,14}|0)(?:\\.[0-9]{1,15})?';
/** A number as well as a text. */
const EPOCH_MS = '[1-9][0-9]{0,14}|0';
/** ISO 8601 with seconds and a zone, after 1970: before, DuckDB cuts towards the epoch instead of down. */
const DATE =
  '(?:197[1-9]|19[89][0-9]|[2-9][0-9]{3})-[0-9]{2}-[0-9]{2}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?' +
  '(?:Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)';
/** A number whose text is the same everywhere. */
const WHOLE = '-?[1-9][0-9]*|0';
/** The text of a number that may have been written in another way: the engine writes all with a fraction or an exponent in its own. */
const ODD_NUMBER = '-?[0-9]+(?:\\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+|[0-9]{15})';
/** An array of strings and nothing else, as DuckDB writes it: without blanks. */
const STRINGS = '\\[(?:"(?:[^"\\\\]|\\\\.)*"(?:,"(?:[^"\\\\]|\\\\.)*")*)?\\]';

const matches = (raw: string, pattern: string): string => `regexp_full_match(${raw}, ${quoteText(pattern)}, 's')`;

const whenMatches = (raw: string, pattern: string): string => `CASE WHEN ${matches(raw, pattern)} THEN ${raw} END`;

/**
 * Too long, or perhaps an object, array or number that was written in another way. Comparisons cost least, and most texts
 * begin with a letter: texts between `0` and `:` are those that begin with a digit.
 */
function doubtText({ ignoreAbove }: Field, raw: string): string {
  const kind = `CASE WHEN ${raw} >= 'a' AND ${raw} < '{' THEN false WHEN ${raw} < ':'
      THEN CASE WHEN ${raw} >= '0' OR ${raw} BETWEEN '-' AND '.' THEN ${matches(raw, ODD_NUMBER)} ELSE false END
    ELSE ${raw} BETWEEN '[' AND '\\' OR ${raw} BETWEEN '{' AND '|' END`;
  return ignoreAbove === undefined ? kind : `strlen(${raw}) > ${ignoreAbove} OR ${kind}`;
}

/**
 * Reads a leaf that the struct holds as a list of texts: in doubt where one of them is, or none. That the JSON is no list at
 * all, the struct does not show.
 */
export const readList = (field: Field, raw: string): LeafReading => ({
  one: 'CAST(NULL AS VARCHAR)',
  several: `CASE WHEN len(${raw}) > 1 THEN ${sortedSet(raw)} ELSE ${raw} END`,
  doubt: `CASE WHEN len(${raw}) = 1 THEN ${raw}[1] IS NULL OR ${doubtText(field, `${raw}[1]`)}
    ELSE len(list_filter(${raw}, lambda x: x IS NULL OR ${doubtText(field, 'x')})) > 0 END`,
});

/** Through TIMESTAMPTZ: a cast to TIMESTAMP ignores the offset. `epoch_ms` cuts to milliseconds. */
const readDate = (raw: string): string =>
  `epoch_ms(CASE WHEN ${matches(raw, DATE)} THEN epoch_ms(TRY_CAST(${raw} AS TIMESTAMPTZ))
    WHEN ${matches(raw, EPOCH_MS)} THEN TRY_CAST(${raw} AS BIGINT) END)`;

/** An address has many texts: those that are not written as Elasticsearch shows them, the exact reading finds. An object is none. */
const readAddresses = (raw: string): LeafReading => ({
  one: `CASE WHEN starts_with(${raw}, '"') THEN ${raw}->>'$' END`,
  several: `CASE WHEN starts_with(${raw}, '[') THEN ${sortedSet(`from_json(${raw}, '["VARCHAR"]')`)} END`,
  doubt: `CASE WHEN ${raw} IS NULL OR starts_with(${raw}, '{') THEN false ELSE NOT ${isCanonicalJson(raw)} END`,
});

function readJsonText(field: Field, raw: string): LeafReading {
  const string = `${raw}->>'$'`;
  const plain = `${raw} IN ('true', 'false') OR ${matches(raw, WHOLE)}`;
  const limit = field.ignoreAbove;
  const within = (text: string) => (limit === undefined ? 'true' : hasUnits(text, limit));
  const scalar = `CASE WHEN starts_with(${raw}, '"') THEN ${string} WHEN ${plain} THEN ${raw} END`;
  const elements = `from_json(${raw}, '["VARCHAR"]')`;
  const short = (longest: number) =>
    `CASE WHEN strlen(${raw}) <= ${longest} THEN ${elements}
      ELSE list_filter(${elements}, lambda x: ${hasUnits('x', longest)}) END`;
  const kept = limit === undefined ? elements : short(limit);
  return {
    one: limit === undefined ? scalar : `CASE WHEN strlen(${raw}) <= ${limit} OR ${within(scalar)} THEN ${scalar} END`,
    several: `CASE WHEN starts_with(${raw}, '[') THEN ${sortedSet(kept)} END`,
    doubt: `CASE WHEN starts_with(${raw}, '[') THEN NOT ${matches(raw, STRINGS)}
      WHEN ${raw} IS NULL OR starts_with(${raw}, '"') OR starts_with(${raw}, '{') THEN false ELSE NOT (${plain}) END`,
  };
}

/** The keys of a histogram are in order and differ: half the price of sorting and then leaving out. NULL for an empty list. */
const sortedSet = (list: string): string => `map_keys(list_histogram(${list}))`;
