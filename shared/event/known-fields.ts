import { expandBraces } from './braces.ts';
import type { Field, FieldType } from './field.ts';
import { KNOWN_KEYWORDS, OPEN_OBJECTS } from './known-keywords.ts';
import { FLATTENED, KNOWN_TYPES, LISTS, NESTED } from './known-types.ts';
import { isWithinPath } from './nested-path.ts';

/** Longest keyword that ECS keeps (elastic/ecs `generated/elasticsearch`: `ignore_above`). */
export const KEYWORD_LIMIT = 1024;

const namesOf = (patterns: readonly string[]): ReadonlySet<string> => new Set(patterns.flatMap(expandBraces));

let index: Index | undefined;

interface Index {
  readonly types: ReadonlyMap<string, FieldType>;
  readonly lists: ReadonlySet<string>;
  readonly flattened: readonly string[];
  readonly nested: readonly string[];
}

/** Built at the first question: most runs of the program never ask. */
function indexed(): Index {
  index ??= {
    types: new Map([
      ...[...namesOf(KNOWN_KEYWORDS)].map((name): [string, FieldType] => [name, 'keyword']),
      ...[...namesOf(FLATTENED)].map((name): [string, FieldType] => [name, 'flattened']),
      ...Object.entries(KNOWN_TYPES).flatMap(([type, patterns]) =>
        [...namesOf(patterns)].map((name): [string, FieldType] => [name, type as FieldType]),
      ),
    ]),
    lists: namesOf(LISTS),
    flattened: [...namesOf(FLATTENED)].map((name) => `${name}.`),
    nested: [...namesOf(NESTED)].toSorted((left, right) => left.length - right.length),
  };
  return index;
}

/**
 * The field of this name in Elastic Common Schema or in the mapping of an integration; null for a name that nobody knows. Below
 * the objects that integrations own, every name is a field: where its type is not known, of the type that its use asks for.
 * @param use the type that a query's use of the name asks for
 */
export function knownField(name: string, use: FieldType = 'keyword'): Field | null {
  const { types, lists, flattened } = indexed();
  if (flattened.some((object) => name.startsWith(object))) return { ...fieldOf(name, 'keyword'), keyed: true };
  const known = types.get(name);
  const type = known ?? (isBelowOpenObject(name) ? use : undefined);
  return type === undefined ? null : fieldOf(name, type, lists.has(name));
}

/** The lists of objects, each asked for itself, in which a field of this name stands or that it names: one within the other. */
export const nestedAbove = (name: string): readonly string[] =>
  indexed().nested.filter((path) => isWithinPath(name, path));

/** Whether fields are known below this name, which then is an object and no field. */
export const isKnownObject = (name: string): boolean =>
  [...indexed().types.keys()].some((known) => known.startsWith(`${name}.`));

/** Whether a schema lists the very name. */
export const isListed = (name: string): boolean => indexed().types.has(name);

/** Names that the dictionary holds, for suggestions. */
export const knownNames = (): Iterable<string> => indexed().types.keys();

/** A field of this name and type, keeping what Elastic's mappings keep of such a type. */
export const fieldOf = (name: string, type: FieldType, many = false): Field => ({
  name,
  type,
  ...(type === 'keyword' && { ignoreAbove: KEYWORD_LIMIT }),
  ...(many && { many }),
});

const isBelowOpenObject = (name: string): boolean =>
  name
    .split('.')
    .slice(0, -1)
    .some((part) => OPEN_OBJECTS.has(part));
