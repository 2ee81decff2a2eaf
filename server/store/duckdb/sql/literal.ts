import { unreachable } from '#shared/base/assert.ts';
import type { Instant } from '#shared/base/time.ts';
import type { Scalar, ValueType } from '#shared/plan/value.ts';
import { quoteText } from './identifier.ts';

/** The engine's type for values of a plan. A `span` is milliseconds, a bare null has no type of its own. */
export const SQL_TYPES: Readonly<Record<ValueType, string>> = {
  string: 'VARCHAR',
  long: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  datetime: 'TIMESTAMP',
  span: 'BIGINT',
  ip: 'VARCHAR',
  geo_point: 'VARCHAR',
  null: 'VARCHAR',
};

const LEAST_LONG = -(2n ** 63n);
const GREATEST_LONG = 2n ** 63n - 1n;

/** Text as a constant, whatever its characters: NUL, which no statement can hold, comes in as `chr(0)`. */
export function textLiteral(text: string): string {
  const parts = text.split('\0').map(quoteText);
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`;
}

/** Beyond this a TIMESTAMP, microseconds in 64 bits, ends. */
const GREATEST_INSTANT: Instant = 9_223_372_036_854_000;

/** An instant as a constant of type TIMESTAMP; infinity for one that no TIMESTAMP holds. */
export function instantLiteral(instant: Instant): string {
  if (Math.abs(instant) <= GREATEST_INSTANT) return `epoch_ms(${integerLiteral(Math.trunc(instant))})`;
  return `'${instant < 0 ? '-' : ''}infinity'::TIMESTAMP`;
}

/** A whole number within 64 bits as a constant of type BIGINT. */
export const integerLiteral = (value: number | bigint): string => `(${BigInt(value)})::BIGINT`;

/** A value as a constant of its type's SQL type; a number that its type cannot hold is written as a DOUBLE. */
export function literal(value: Scalar | null, type: ValueType): string {
  if (value === null) return `NULL::${SQL_TYPES[type]}`;
  switch (typeof value) {
    case 'string':
      return textLiteral(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return bigintLiteral(value);
    case 'number':
      return numberLiteral(value, type);
    default:
      return unreachable(value);
  }
}

function numberLiteral(value: number, type: ValueType): string {
  if (type === 'double' || !Number.isInteger(value)) return doubleLiteral(value);
  return type === 'datetime' ? instantLiteral(value) : bigintLiteral(BigInt(value));
}

const bigintLiteral = (value: bigint): string =>
  value < LEAST_LONG || value > GREATEST_LONG ? doubleLiteral(Number(value)) : integerLiteral(value);

const doubleLiteral = (value: number): string => `('${value}'::DOUBLE)`;
