import type { Scalar } from '../plan/value.ts';

/**
 * An object of a nested field as one text, so that it passes through a column of texts: a JSON object with a list for every
 * field that has values, dates as epoch milliseconds, names in order. Whole numbers beyond what a double holds are rounded. Objects of
 * lists within it, such texts themselves, stand in it as objects: as texts in texts they would double with every level.
 * @param lists names of those lists
 */
export const writeNested = (
  fields: readonly (readonly [name: string, values: readonly Scalar[]])[],
  lists: ReadonlySet<string>,
): string => {
  const members = fields
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, values]) => `${JSON.stringify(name)}:[${values.map(lists.has(name) ? String : plain).join(',')}]`);
  return `{${members.join(',')}}`;
};

const plain = (value: Scalar): string => JSON.stringify(typeof value === 'bigint' ? Number(value) : value);

/** What `writeNested` wrote: the values of an object's fields, by name. */
export const readNested = (text: string): readonly (readonly [name: string, values: readonly Scalar[]])[] =>
  Object.entries(JSON.parse(text) as Readonly<Record<string, readonly (Scalar | object)[]>>).map(([name, values]) => [
    name,
    values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : value)),
  ]);
