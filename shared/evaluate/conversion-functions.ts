import { must, unreachable } from '#shared/base/assert.ts';
import { canonicalAddress, parseAddress } from '#shared/base/ip-address.ts';
import { longOf, longOfNumber, parseDouble, parseLong } from '#shared/base/long.ts';
import { formatInstant, isInstant, parseInstant } from '#shared/base/time.ts';
import type { Scalar, Value, ValueType } from '#shared/plan/value.ts';
import { doubleText } from './double-text.ts';
import { type Implementation, strict } from './implementation.ts';

const convert = (read: (value: Scalar, type: ValueType) => Value): Implementation =>
  strict(([value], call) =>
    value === undefined ? null : (read(value, call.types[0] ?? 'null') ?? call.failed('unreadable')),
  );

function toText(value: Scalar, type: ValueType): string {
  switch (type) {
    case 'datetime':
      return formatInstant(Number(value));
    case 'double':
      return doubleText(Number(value));
    case 'string':
    case 'ip':
    case 'geo_point':
    case 'long':
    case 'boolean':
    case 'span':
    case 'null':
      return String(value);
    default:
      return unreachable(type);
  }
}

function toLong(value: Scalar): Value {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'bigint') return longOf(value);
  if (typeof value === 'number') return roundToLong(value);
  if (/^[+-]?\d+$/.test(value)) return parseLong(value);
  const number = parseDouble(value);
  return number === null ? null : roundToLong(number);
}

/** Halves go up, as with Java's `Math.round`. */
const roundToLong = (value: number): Value => longOfNumber(Number.isInteger(value) ? value : Math.round(value));

function toBoolean(value: Scalar): Value {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' ? value.toLowerCase() === 'true' : Number(value) !== 0;
}

function toDatetime(value: Scalar): Value {
  if (typeof value === 'string') return parseInstant(value);
  const instant = Math.trunc(Number(value));
  return isInstant(instant) ? instant + 0 : null;
}

/** The address in hexadecimal digits, which are in its order. */
export const addressKey = (text: string): string => must(parseAddress(text), 'address').toString(16).padStart(32, '0');

/** Conversions (elastic/elasticsearch `docs/reference/`, ES|QL type conversion functions). */
export const CONVERSION_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  address_key: convert((value) => addressKey(String(value))),
  to_string: convert(toText),
  to_ip: convert((value) => canonicalAddress(String(value))),
  to_long: convert(toLong),
  to_double: convert((value) => (typeof value === 'string' ? parseDouble(value) : Number(value))),
  to_boolean: convert(toBoolean),
  to_datetime: convert(toDatetime),
};
