import type { Scalar } from '../plan/value.ts';

/** The values of an object's fields, by name. */
export type NestedObject = Readonly<Record<string, readonly Scalar[]>>;

/**
 * An object of a nested field as one text, so that it passes through a column of texts: a JSON object with a list for every
 * field that has values, dates as epoch milliseconds, names in order. Whole numbers beyond what a double holds are rounded.
 */
export const writeNested = (fields: readonly (readonly [name: string, values: readonly Scalar[]])[]): string =>
  JSON.stringify(
    Object.fromEntries(
      fields
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, values]) => [name, values.map((value) => (typeof value === 'bigint' ? Number(value) : value))]),
    ),
  );

/** What `writeNested` wrote. */
export const readNested = (text: string): NestedObject => JSON.parse(text) as NestedObject;
