export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A value and how the document spells its field's name. */
export interface Member {
  readonly field: string;
  readonly value: Json;
  /** Bit n set: the n-th dot of the name stays within a key, else it opens an object. */
  readonly dotted: number;
}

type Building = { [name: string]: Json | Building };

/** The document with these members. Names that meet a value where they need an object are spelled in one key. */
export function assemble(members: readonly Member[]): JsonObject {
  const document: Building = {};
  for (const { field, value, dotted } of members) {
    if (!put(document, keysOf(field, dotted), value)) append(document, field, value);
  }
  return document as JsonObject;
}

function keysOf(field: string, dotted: number): readonly string[] {
  const keys: string[] = [];
  field.split('.').forEach((word, index) => {
    const joined = index > 0 && (dotted >> (index - 1)) % 2 === 1;
    keys.push(joined ? `${keys.pop()}.${word}` : word);
  });
  return keys;
}

function put(document: Building, keys: readonly string[], value: Json): boolean {
  let object = document;
  for (const key of keys.slice(0, -1)) {
    const next = object[key] ?? {};
    if (!isBuilding(next)) return false;
    object[key] = next;
    object = next;
  }
  return append(object, keys.at(-1) ?? '', value);
}

/** A name given twice has the values of both. */
function append(object: Building, key: string, value: Json): boolean {
  const before = object[key];
  object[key] = before === undefined ? value : [before as Json, value];
  return true;
}

const isBuilding = (value: Json | Building): value is Building =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same document with the objects at these top-level names inside arrays: alone, or cut into one for each member. */
export function inArrays(document: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      names.includes(name) && isObject(value) ? split(value) : value,
    ]),
  );
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const split = (object: JsonObject): Json =>
  Object.entries(object).length % 2 === 0
    ? [object]
    : Object.entries(object).map(([name, value]): JsonObject => ({ [name]: value }));

/** A number that stands in the document's text just so, as `1.50` or `1e3`: what `jsonText` writes without its marks. */
export const written = (number: string): string => `\u0001${number}\u0001`;

/** JSON with numbers as they are to be written, and 64-bit ones in full. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? written(String(one)) : one)).replaceAll(
    /"\\u0001(-?\d[-+.\deE]*)\\u0001"/g,
    '$1',
  );
