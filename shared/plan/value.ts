/** Types a plan computes with. The string family of Elasticsearch's mapping types is one type here. */
export type ValueType = 'string' | 'long' | 'double' | 'boolean' | 'datetime' | 'span' | 'ip' | 'geo_point' | 'null';

/**
 * One value. `datetime` is epoch milliseconds, `span` is milliseconds, `long` is a number while it is a safe integer and a
 * bigint beyond, `ip` is text as `canonicalAddress` writes it, `geo_point` is `POINT (longitude latitude)`, its numbers written as Java writes
 * doubles.
 */
export type Scalar = string | number | bigint | boolean;

/** What a column holds in one row: nothing, one value, or several. A list of none or one does not occur. */
export type Value = Scalar | null | readonly Scalar[];

export type Row = Readonly<Record<string, Value>>;

/** The values of a cell as a list: none for null. */
export const valuesOf = (value: Value | undefined): readonly Scalar[] =>
  value === null || value === undefined ? [] : Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];

/** The values of a row's columns, for conditions that are asked of rows. */
export const valuesByColumn = (row: Row): ReadonlyMap<string, readonly Scalar[]> =>
  new Map(Object.entries(row).map(([name, cell]) => [name, valuesOf(cell)]));

/** The value as JSON can have it, different values differently: it has no bigint, and `12` must not equal `"12"`. */
export const plainValue = (value: Value): unknown =>
  typeof value === 'bigint' ? { long: String(value) } : Array.isArray(value) ? value.map(plainValue) : value;

/** The cell for a list of values: null for none, the value itself for one. */
export function cellOf(values: readonly Scalar[]): Value {
  if (values.length === 0) return null;
  return values.length === 1 ? (values[0] as Scalar) : values;
}
