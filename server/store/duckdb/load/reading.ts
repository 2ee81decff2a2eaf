import { type Field, pathOf } from '#shared/event/field.ts';
import { WrittenNumber } from '#shared/event/written-number.ts';
import { quoteName } from '../sql/identifier.ts';
import type { Sample } from './sample.ts';

/**
 * How the engine reads the records of a file: one struct that has the keys which a sample of the file has, and a place to
 * notice every other key under which a field could stand.
 */
export interface Reading {
  /** What the struct holds; every leaf that is read is text: the value's, or of the paths in `asJson` its JSON. */
  readonly structure: { readonly [key: string]: Structure };
  /** Paths into the struct by field name. */
  readonly places: ReadonlyMap<string, readonly string[]>;
  readonly asJson: ReadonlySet<string>;
  /** Of these the struct holds the texts of an array; NULL where the JSON is anything else. */
  readonly asList: ReadonlySet<string>;
  /** Where such lists stand. */
  readonly lists: readonly Place[];
  /** Paths into the struct of other keys under which fields could stand. */
  readonly unread: readonly string[];
  readonly objects: readonly ObjectPlace[];
}

/** Where the struct reads something. */
export interface Place {
  readonly path: string;
  /** RFC 6901, which DuckDB's JSON functions take as a path. */
  readonly pointer: string;
}

/** Where the struct reads an object. */
export interface ObjectPlace extends Place {
  /** Paths of its own leaves that are read: where one has a value there is an object. */
  readonly leaves: readonly string[];
  /** The place is a field too, as `a` beside `a.b`: the struct cannot see a value there. */
  readonly isField: boolean;
}

/** A key within keys under which fields can stand, and what the sample has there. */
interface Node {
  readonly children: Map<string, Node>;
  readonly fields: Field[];
  /** The sample has an object here. */
  isObject: boolean;
  /** The sample has a dotted key in this object. */
  isDotted: boolean;
}

const newNode = (): Node => ({ children: new Map(), fields: [], isObject: false, isDotted: false });

/** A field that none of so many records has is seldom met: the exact reading takes its records, and all others cost nothing for it. */
const TELLING_RECORDS = 100;

/**
 * Elasticsearch reads `{"a":{"b":1}}`, `{"a.b":1}` and any mix for longer names as the same field. A name of k parts has
 * 2^(k-1) spellings, and an array can stand anywhere; the sample, some parsed records, tells which of it a file uses. It
 * decides only what is fast: a record that differs is noticed.
 */
export function readingOf(fields: readonly Field[], sample: Sample): Reading {
  const root = newNode();
  for (const field of fields) {
    for (const path of spellingsOf(pathOf(field).split('.'))) nodeAt(root, path).fields.push(field);
  }
  const learned = learnFrom(root, sample);
  const absent = new Set(
    sample.records.length < TELLING_RECORDS ? [] : fields.map(pathOf).filter((path) => !learned.any.has(path)),
  );
  const leaves = leavesOf(fields, learned);
  const reading = { places: new Map<string, string[]>(), ...leaves, lists: [], unread: [], objects: [] };
  return { ...reading, structure: structureOf(root, [], { ...reading, absent }) };
}

/** How leaves are read, by path: texts, unless they are named here. */
function leavesOf(fields: readonly Field[], found: Learned): Pick<Reading, 'asJson' | 'asList'> {
  const isJson = (field: Field): boolean => {
    const path = pathOf(field);
    const isMixed = found.list.has(path) === found.text.has(path);
    return field.type === 'ip' || isObject(field) || found.json.has(path) || (isMixed && isOftenList(field, found));
  };
  const asJson = new Set(fields.filter(isJson).map(pathOf));
  return { asJson, asList: new Set([...found.list].filter((path) => !asJson.has(path))) };
}

/** Where the sample shows nothing, a field that usually has several values may have a list. */
const isOftenList = (field: Field, { list }: Learned): boolean =>
  isText(field.type) && (field.many === true || list.has(pathOf(field)));

/** Its value is an object. */
export const isObject = ({ type }: Field): boolean => type === 'nested' || type === 'flattened';

export const isText = (type: Field['type']): boolean =>
  type === 'keyword' || type === 'constant_keyword' || type === 'wildcard' || type === 'text' || type === 'ip';

/** All ways to write a name as keys within keys; the fully nested one first. */
export function spellingsOf(parts: readonly string[]): readonly (readonly string[])[] {
  if (parts.length <= 1) return [parts];
  return parts.flatMap((_, index) => {
    const head = parts.slice(0, index + 1).join('.');
    const rest = parts.slice(index + 1);
    return rest.length === 0 ? [[head]] : spellingsOf(rest).map((tail) => [head, ...tail]);
  });
}

function nodeAt(root: Node, path: readonly string[]): Node {
  let node = root;
  for (const key of path) {
    const next = node.children.get(key) ?? newNode();
    node.children.set(key, next);
    node = next;
  }
  return node;
}

/** Paths at which the sample has such values. */
type Learned = Readonly<Record<'any' | 'text' | 'list' | 'json', Set<string>>>;

function learnFrom(root: Node, { records }: Sample): Learned {
  const learned: Learned = { any: new Set(), text: new Set(), list: new Set(), json: new Set() };
  for (const record of records) learn(root, record, learned);
  return learned;
}

/** Goes no deeper than fields do. */
function learn(node: Node, record: unknown, learned: Learned): void {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return;
  node.isObject = true;
  for (const [key, value] of Object.entries(record)) {
    const child = node.children.get(key);
    if (!child) continue;
    node.isDotted ||= key.includes('.');
    if (child.children.size > 0) learn(child, value, learned);
    if (value === null) continue;
    for (const field of child.fields) {
      learned.any.add(pathOf(field));
      if (isText(field.type)) learned[kindOf(value)].add(pathOf(field));
    }
  }
}

/** As what the struct reads such a value best. */
function kindOf(value: unknown): 'text' | 'list' | 'json' {
  if (!Array.isArray(value)) return isDoubtfulText(value) ? 'json' : 'text';
  return value.every((element) => typeof element === 'string' && !isDoubtfulText(element)) ? 'list' : 'json';
}

const ODD_TEXT = /^(?:[[{]|-?\d+(?:\.\d+(?:[eE][-+]?\d+)?|[eE][-+]?\d+|\d{15})$)/;

/** Of such values the text alone does not tell what the JSON was. */
const isDoubtfulText = (value: unknown): boolean =>
  (typeof value === 'string' && ODD_TEXT.test(value)) ||
  typeof value === 'bigint' ||
  value instanceof WrittenNumber ||
  (typeof value === 'number' && !Number.isSafeInteger(value));

/**
 * Of a leaf, of a list of texts, of an object. `unlikely`: a spelling of a name that the file does not use; whether there is a
 * value is all that is asked.
 */
export type Structure = 'VARCHAR' | 'JSON' | 'unlikely' | readonly ['VARCHAR'] | { readonly [key: string]: Structure };

interface Found {
  readonly places: Map<string, string[]>;
  readonly asJson: ReadonlySet<string>;
  readonly asList: ReadonlySet<string>;
  readonly lists: Place[];
  readonly unread: string[];
  readonly objects: ObjectPlace[];
  /** Paths that are not looked for. */
  readonly absent: ReadonlySet<string>;
}

function structureOf(node: Node, above: readonly string[], found: Found): Reading['structure'] {
  const structure: Record<string, Structure> = {};
  for (const [key, child] of node.children) {
    const path = [...above, key];
    if (child.fields.some(isObject)) {
      // An object that is a value, and may hold fields as well: the exact reading finds both.
      found.unread.push(reference(path));
      structure[key] = 'VARCHAR';
    } else if (child.children.size > 0 && child.isObject) {
      found.objects.push(objectPlace(child, path));
      structure[key] = structureOf(child, path, found);
    } else if (isRead(node, key) && !child.fields.every((field) => found.absent.has(pathOf(field)))) {
      for (const { name } of child.fields) {
        found.places.set(name, [...(found.places.get(name) ?? []), reference(path)]);
      }
      const isIn = (set: ReadonlySet<string>) => child.fields.some((field) => set.has(pathOf(field)));
      if (isIn(found.asList)) found.lists.push({ path: reference(path), pointer: pointer(path) });
      structure[key] = isIn(found.asJson) ? 'JSON' : isIn(found.asList) ? ['VARCHAR'] : 'VARCHAR';
    } else {
      found.unread.push(reference(path));
      structure[key] = key.includes('.') ? 'unlikely' : 'VARCHAR';
    }
  }
  return structure;
}

/** All spellings in one key are read where the sample has one of them. */
const isRead = (node: Node, key: string): boolean =>
  node.children.get(key)?.children.size === 0 && (node.isDotted || !key.includes('.'));

const objectPlace = (node: Node, path: readonly string[]): ObjectPlace => ({
  path: reference(path),
  pointer: pointer(path),
  leaves: [...node.children.keys()].filter((key) => isRead(node, key)).map((key) => reference([...path, key])),
  isField: node.fields.length > 0,
});

const reference = (path: readonly string[]): string => `record.${path.map(quoteName).join('.')}`;

const pointer = (path: readonly string[]): string =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
