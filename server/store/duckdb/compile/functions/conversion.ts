import { unreachable } from '#shared/base/assert.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { textLiteral } from '../../sql/literal.ts';
import { addressKey, canonicalOf } from '../address.ts';
import { finite, instantFrom } from '../arithmetic.ts';
import { type Implementation, onEach, typed } from './implementation.ts';

/** A decimal number with digits on at least one side of its point. */
const DECIMAL = textLiteral(String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`);
const WHOLE = textLiteral(String.raw`[+-]?\d+`);

/** The text's number; the engine's own cast also takes blanks, underscores, hexadecimals and names. */
const doubleFromText = (text: string): string =>
  finite(`TRY_CAST(CASE WHEN regexp_full_match(${text}, ${DECIMAL}) THEN ${text} END AS DOUBLE)`);

/** Halves go up, as with Java's `Math.round`; NULL where no long is so large. */
const rounded = (double: string): string =>
  `TRY_CAST(CASE WHEN ${double} - floor(${double}) >= 0.5 THEN floor(${double}) + 1 ELSE floor(${double}) END AS BIGINT)`;

function toText(value: string, type: ValueType): string {
  switch (type) {
    case 'datetime':
      return `strftime(${value}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
    case 'double':
      return `double_text(${value})`;
    case 'string':
    case 'ip':
    case 'geo_point':
    case 'null':
    case 'long':
    case 'span':
    case 'boolean':
      return `(${value})::VARCHAR`;
    default:
      return unreachable(type);
  }
}

function toLong(value: string, type: ValueType): string {
  if (type === 'double') return rounded(value);
  if (type === 'datetime') return `epoch_ms(${value})`;
  if (type !== 'string') return `(${value})::BIGINT`;
  return `CASE WHEN regexp_full_match(${value}, ${WHOLE}) THEN TRY_CAST(${value} AS BIGINT)
    ELSE ${rounded(doubleFromText(value))} END`;
}

function toDouble(value: string, type: ValueType): string {
  if (type === 'string') return doubleFromText(value);
  return `(${type === 'datetime' ? `epoch_ms(${value})` : value})::DOUBLE`;
}

function toBoolean(value: string, type: ValueType): string {
  if (type === 'string') return `(lower(${value}) = 'true')`;
  return type === 'boolean' ? value : `(${value} <> 0)`;
}

function toDatetime(value: string, type: ValueType): string {
  if (type === 'string') return `read_instant(${value})`;
  return type === 'datetime' ? value : instantFrom(`TRY_CAST(trunc(${value}) AS HUGEINT)`);
}

/** A bare null has no type to convert from. */
const unlessNull = (sql: (value: string, type: ValueType) => string, result: ValueType): Implementation =>
  onEach((value, type) => (type === 'null' ? `NULL::${typed(result)}` : sql(value, type)));

export const CONVERSION_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  address_key: unlessNull(addressKey, 'string'),
  to_string: unlessNull(toText, 'string'),
  to_ip: unlessNull((value, type) => (type === 'ip' ? value : canonicalOf(value)), 'ip'),
  to_long: unlessNull(toLong, 'long'),
  to_double: unlessNull(toDouble, 'double'),
  to_boolean: unlessNull(toBoolean, 'boolean'),
  to_datetime: unlessNull(toDatetime, 'datetime'),
};
