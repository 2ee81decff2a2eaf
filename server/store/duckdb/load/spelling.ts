import { type Field, pathOf } from '#shared/event/field.ts';
import { quoteName } from '../sql/identifier.ts';

/** How records are read: one struct that has a member for every spelling of every field, each leaf as JSON text. */
export interface Reading {
  /** Structure for `from_json`. */
  readonly structure: string;
  /** Paths into the struct by field name: the nested spelling first. */
  readonly leaves: ReadonlyMap<string, readonly string[]>;
  /** JSON pointers of every place where an object is expected. */
  readonly objects: readonly string[];
  /** Those of them that are a field too, as `a` beside `a.b`: the struct cannot see a value there. */
  readonly crowded: readonly string[];
}

type Node = Map<string, Node>;

/**
 * Elasticsearch reads `{"a":{"b":1}}`, `{"a.b":1}` and any mix for longer names as the same field. A name of k parts has
 * 2^(k-1) spellings; all are named, so that one parse finds them.
 */
export function readingOf(fields: readonly Field[]): Reading {
  const root: Node = new Map();
  const spellings = fields.map((field) => ({ field, paths: spellingsOf(pathOf(field).split('.')) }));
  for (const { paths } of spellings) for (const path of paths) plant(root, path);
  const isObject = (path: readonly string[]) => nodeAt(root, path).size > 0;
  return {
    structure: JSON.stringify(structureOf(root)),
    leaves: new Map(
      spellings.map(({ field, paths }) => [field.name, paths.filter((path) => !isObject(path)).map(reference)]),
    ),
    objects: pointersOf(root),
    crowded: spellings.flatMap(({ paths }) => paths.filter(isObject).map(pointer)),
  };
}

/** All ways to write a name as keys within keys; the fully nested one first. */
export function spellingsOf(parts: readonly string[]): readonly (readonly string[])[] {
  if (parts.length <= 1) return [parts];
  return parts.flatMap((_, index) => {
    const head = parts.slice(0, index + 1).join('.');
    const rest = parts.slice(index + 1);
    return rest.length === 0 ? [[head]] : spellingsOf(rest).map((tail) => [head, ...tail]);
  });
}

function plant(root: Node, path: readonly string[]): void {
  let node = root;
  for (const key of path) {
    const next: Node = node.get(key) ?? new Map();
    node.set(key, next);
    node = next;
  }
}

const nodeAt = (root: Node, path: readonly string[]): Node =>
  path.reduce<Node>((node, key) => node.get(key) ?? new Map(), root);

type Structure = string | { readonly [key: string]: Structure };

const structureOf = (node: Node): Structure =>
  node.size === 0 ? 'JSON' : Object.fromEntries([...node].map(([key, child]) => [key, structureOf(child)]));

const reference = (path: readonly string[]): string => path.map(quoteName).join('.');

const pointersOf = (node: Node, above: readonly string[] = []): readonly string[] =>
  [...node].flatMap(([key, child]) =>
    child.size === 0 ? [] : [pointer([...above, key]), ...pointersOf(child, [...above, key])],
  );

/** RFC 6901, which DuckDB's JSON functions take as a path. */
const pointer = (path: readonly string[]): string =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
