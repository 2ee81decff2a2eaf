import { catalogueOf, type Field, type FieldCatalogue, type FieldType, pathOf } from '#shared/event/field.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The `properties` of an index. */
export interface IndexProperties {
  readonly index: string;
  readonly properties: Json;
}

/** Elasticsearch's types by what they are here. */
const TYPES: Readonly<Record<string, FieldType>> = {
  keyword: 'keyword',
  constant_keyword: 'constant_keyword',
  wildcard: 'wildcard',
  version: 'keyword',
  text: 'text',
  match_only_text: 'text',
  search_as_you_type: 'text',
  long: 'long',
  integer: 'long',
  short: 'long',
  byte: 'long',
  unsigned_long: 'long',
  double: 'double',
  float: 'double',
  half_float: 'double',
  scaled_float: 'double',
  boolean: 'boolean',
  date: 'date',
  date_nanos: 'date',
  ip: 'ip',
  flattened: 'flattened',
};

/** What mappings say of all their fields, while they are read. */
interface Found {
  readonly fields: Map<string, Field>;
  /** Types by name, and the indices that give them. */
  readonly types: Map<string, Map<string, string[]>>;
  /** Other names of fields, by the fields' own. */
  readonly aliases: Map<string, string>;
  /** Names whose type has no values here, with that type. */
  readonly unsupported: Map<string, string>;
}

/**
 * The fields that mappings of one or more indices define. Sub-fields read their parent's values, aliases those of the field
 * they name. A field that indices map to types that do not go together, or to one that is unknown here, cannot be used.
 */
export function collectFields(indices: readonly IndexProperties[]): FieldCatalogue {
  const found: Found = { fields: new Map(), types: new Map(), aliases: new Map(), unsupported: new Map() };
  for (const { index, properties } of indices) readProperties(properties, { prefix: '', index }, found);
  for (const [name, target] of found.aliases) {
    const field = found.fields.get(target);
    if (field) found.fields.set(name, { ...field, name, source: pathOf(field) });
  }
  const fields = [...found.fields.values()].filter(({ name }) => unusable(name, found) === undefined);
  return { ...withMembers(catalogueOf(fields)), unusable: (name) => unusable(name, found) };
}

/** A member of a flattened object is a keyword, whatever its name. */
function withMembers(catalogue: FieldCatalogue): FieldCatalogue {
  const flattened = catalogue.fields.filter(({ type }) => type === 'flattened').map(({ name }) => `${name}.`);
  const isMember = (name: string): boolean => flattened.some((object) => name.startsWith(object));
  return {
    ...catalogue,
    find: (name) => catalogue.find(name) ?? (isMember(name) ? { name, type: 'keyword', keyed: true } : undefined),
  };
}

/** Where properties stand. */
interface Place {
  /** Name of the object with a dot behind it, or nothing. */
  readonly prefix: string;
  readonly index: string;
}

function readProperties(properties: Json, place: Place, found: Found): void {
  for (const [key, definition] of Object.entries(properties)) {
    if (isObject(definition)) readDefinition(place.prefix + key, definition, place, found);
  }
}

function readDefinition(name: string, definition: Json, place: Place, found: Found): void {
  const { type, path, properties, fields } = definition;
  if (type === 'alias' && typeof path === 'string') found.aliases.set(name, path);
  else if (type === 'nested') readNested(name, definition, place, found);
  else if (typeof type === 'string' && !isObject(properties)) readField(name, definition, place, found);
  if (isObject(properties) && isPartOfEvent(definition)) {
    readProperties(properties, { ...place, prefix: `${name}.` }, found);
  }
  for (const [key, sub] of Object.entries(isObject(fields) ? fields : {})) {
    if (isObject(sub) && !isCaseless(key, sub)) readField(`${name}.${key}`, { ...sub, source: name }, place, found);
  }
}

/** Objects of a list are documents of their own, unless the mapping puts their fields into the event's as well. */
const isPartOfEvent = ({ type, include_in_parent: parent, include_in_root: root }: Json): boolean =>
  type !== 'nested' || parent === true || root === true;

function readNested(name: string, { properties }: Json, { index }: Place, found: Found): void {
  if (found.fields.has(name)) return;
  const inner = isObject(properties) ? collectFields([{ index, properties }]).fields : [];
  found.fields.set(name, { name, type: 'nested', fields: inner });
}

/** The first index that has a field says how much of it is kept. */
function readField(name: string, definition: Json, { index }: Place, found: Found): void {
  const label = String(definition['type']);
  // A point is the object of its coordinates: queries of ES|QL put them together.
  if (label === 'geo_point') {
    for (const part of ['lon', 'lat']) readField(`${name}.${part}`, { type: 'double' }, { prefix: '', index }, found);
    return;
  }
  const type = TYPES[label];
  if (!type) {
    // An object may be given a type as well, and has no values of its own.
    if (label !== 'object' && label !== 'nested') found.unsupported.set(name, label);
    return;
  }
  const types = found.types.get(name) ?? new Map<string, string[]>();
  found.types.set(name, types.set(familyOf(type), [...(types.get(familyOf(type)) ?? []), index]));
  if (!found.fields.has(name)) found.fields.set(name, fieldOf(name, type, definition));
}

/** Types that go together, as Elasticsearch's field capabilities have it. */
const familyOf = (type: FieldType): string => (type === 'constant_keyword' || type === 'wildcard' ? 'keyword' : type);

function fieldOf(name: string, type: FieldType, definition: Json): Field {
  const { ignore_above: ignoreAbove, source, fields } = definition;
  const caseless = isObject(fields) && isObject(fields['caseless']) ? fields['caseless'] : null;
  const hasCaseless = caseless !== null && isCaseless('caseless', caseless);
  return {
    name,
    type,
    ...(typeof source === 'string' && { source }),
    ...(typeof ignoreAbove === 'number' && { ignoreAbove }),
    ...(hasCaseless && caselessPart(caseless['ignore_above'], ignoreAbove)),
  };
}

const caselessPart = (limit: unknown, fieldLimit: unknown): Pick<Field, 'caseless' | 'caselessIgnoreAbove'> => ({
  caseless: true,
  ...(typeof limit === 'number' && limit !== fieldLimit && { caselessIgnoreAbove: limit }),
});

/** A lower-cased keyword of that name is part of its field here. */
const isCaseless = (key: string, definition: Json): boolean => key === 'caseless' && definition['type'] === 'keyword';

/** Also below a flattened field, which has no names of its own there. In Elasticsearch's words. */
function unusable(name: string, { types, unsupported }: Found): string | undefined {
  const blocked = [name, ...parentsOf(name)].find((path) => unsupported.has(path));
  if (blocked !== undefined) return `with unsupported type [${unsupported.get(blocked)}]`;
  const given = [...(types.get(name) ?? [])];
  if (given.length < 2) return undefined;
  const listed = given.map(([type, indices]) => `[${type}] in [${indices.join(', ')}]`).join(', ');
  return `due to ambiguities being mapped as [${given.length}] incompatible types: ${listed}`;
}

function parentsOf(name: string): readonly string[] {
  const dots = [...name.matchAll(/\./g)].map(({ index }) => index);
  return dots.map((dot) => name.slice(0, dot));
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
