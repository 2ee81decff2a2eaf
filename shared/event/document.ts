import { must } from '#shared/base/assert.ts';
import { parseAddress } from '#shared/base/ip-address.ts';
import { compareScalars, sortedSet } from '#shared/base/order.ts';
import type { Scalar } from '#shared/plan/value.ts';
import { catalogueOf, type Field, type FieldCatalogue, pathOf } from './field.ts';
import { type JsonScalar, readLeaf } from './leaf.ts';
import { writeNested } from './nested.ts';
import { WrittenNumber } from './written-number.ts';

/** An event's fields with their values, as Elasticsearch would index them. A field without a value is not in it. */
export type FlatDocument = ReadonlyMap<string, readonly Scalar[]>;

/**
 * A parsed record as its indexed values. Members, dotted keys and any mix of them name the same field, and values of all
 * meet; arrays flatten, also arrays of objects; nulls and values that the field's type cannot hold are no values. An object
 * where a value belongs, or a value where an object belongs, is none either.
 *
 * Values of a field stand in ascending order, ip addresses in that of their bytes. Texts and addresses are a set, as Elasticsearch's
 * sorted-set doc values are; of numbers, dates and booleans duplicates stay, as in its sorted-numeric doc values
 * (elastic/elasticsearch `docs/reference/` "multivalued fields").
 */
export const flatten = (document: unknown, catalogue: FieldCatalogue): FlatDocument => flattener(catalogue)(document);

/** `flatten` for many documents of one catalogue. */
export function flattener(catalogue: FieldCatalogue): (document: unknown) => FlatDocument {
  const shape: Shape = {
    fields: fieldsByPath(catalogue.fields.filter((field) => !isComposite(field))),
    objects: objectPaths(catalogue.fields),
    composites: catalogue.fields.filter(isComposite),
  };
  return (document) => {
    const found = collect(document, shape);
    return new Map([...found].map(([field, values]) => [field.name, inOrder(field, values)]));
  };
}

/** Several fields can take the same values, as sub-fields do. */
function fieldsByPath(fields: readonly Field[]): ReadonlyMap<string, readonly Field[]> {
  const byPath = new Map<string, Field[]>();
  for (const field of fields) {
    const known = byPath.get(pathOf(field));
    if (known) known.push(field);
    else byPath.set(pathOf(field), [field]);
  }
  return byPath;
}

/** Paths at which an object can hold a field. */
function objectPaths(fields: readonly Field[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const path of fields.map(pathOf)) {
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) paths.add(path.slice(0, dot));
  }
  return paths;
}

/** What is looked for in a document. */
interface Shape {
  readonly fields: ReadonlyMap<string, readonly Field[]>;
  /** Paths at which an object can hold a field. */
  readonly objects: ReadonlySet<string>;
  /** Fields whose value is an object. */
  readonly composites: readonly Field[];
}

const isComposite = ({ type }: Field): boolean => type === 'nested' || type === 'flattened';

/** A part of the document still to be looked at. */
interface Part {
  readonly path: string;
  readonly value: unknown;
}

/** Walks with a list of its own instead of the call stack: a sender decides how deep a document is nested. */
function collect(document: unknown, { fields, objects, composites }: Shape): ReadonlyMap<Field, Scalar[]> {
  const found = new Map<Field, Scalar[]>();
  const parts: Part[] = isObject(document) ? membersOf(document, '') : [];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const { path, value } = part;
    for (const field of composites) for (const text of valuesIn(field, path, value)) add(found, field, text);
    if (Array.isArray(value)) {
      for (const element of value) parts.push({ path, value: element });
    } else if (isObject(value)) {
      if (objects.has(path)) for (const member of membersOf(value, `${path}.`)) parts.push(member);
    } else if (isScalar(value)) {
      for (const field of fields.get(path) ?? []) {
        const scalar = readLeaf(field, value);
        if (scalar !== null) add(found, field, scalar);
      }
    }
  }
  return found;
}

/** What a part of a document gives to a field that takes objects: at its own path, or below it in a dotted key. */
function valuesIn(field: Field, path: string, value: unknown): readonly string[] {
  const own = pathOf(field);
  if (path !== own && !path.startsWith(`${own}.`)) return [];
  const object = path === own ? value : { [path.slice(own.length + 1)]: value };
  // Arrays come by once more, element by element.
  if (!isObject(object) || Array.isArray(value)) return [];
  return field.type === 'nested' ? [nestedText(field.fields ?? [], object)] : keywordsIn(field, object);
}

/** All values of an object, however deep. */
function keywordsIn(field: Field, object: object): readonly string[] {
  const found: string[] = [];
  const parts: unknown[] = [object];
  for (let part = parts.pop(); part !== undefined || parts.length > 0; part = parts.pop()) {
    if (isContainer(part)) for (const member of Object.values(part)) parts.push(member);
    else if (isScalar(part)) {
      const keyword = readLeaf(field, part);
      if (typeof keyword === 'string') found.push(keyword);
    }
  }
  return found;
}

/** An object of a list as the values of its own fields: what `readNested` reads. */
function nestedText(fields: readonly Field[], object: object): string {
  const flat = flatten(object, catalogueOf(fields));
  const lists = fields.filter(({ type }) => type === 'nested').map(({ name }) => name);
  return writeNested([...flat], new Set(lists));
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof WrittenNumber);

const isObject = (value: unknown): value is object => isContainer(value) && !Array.isArray(value);

const isScalar = (value: unknown): value is JsonScalar =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  typeof value === 'boolean' ||
  value instanceof WrittenNumber;

const membersOf = (object: object, prefix: string): Part[] =>
  Object.entries(object).map(([key, value]) => ({ path: prefix + key, value }));

function add(found: Map<Field, Scalar[]>, field: Field, value: Scalar): void {
  const values = found.get(field);
  if (values) values.push(value);
  else found.set(field, [value]);
}

function inOrder(field: Field, values: readonly Scalar[]): readonly Scalar[] {
  if (field.type === 'ip') return sortedSet(values).toSorted(compareAddresses);
  return isSet(field) ? sortedSet(values) : values.toSorted(compareScalars);
}

const compareAddresses = (left: Scalar, right: Scalar): number => compareScalars(addressIn(left), addressIn(right));

const addressIn = (text: Scalar): bigint => must(parseAddress(String(text)), 'address');

const isSet = ({ type }: Field): boolean =>
  type === 'keyword' || type === 'constant_keyword' || type === 'wildcard' || type === 'text' || type === 'flattened';
