import { readFile } from 'node:fs/promises';
import { catalogueOf, type Field, type FieldCatalogue, type FieldType } from '#shared/event/field.ts';
import { messageOf, Problem } from './problem.ts';

/** The fields of an Elasticsearch mapping. */
export interface Mapping {
  readonly catalogue: FieldCatalogue;
  /** Sub-fields, which hold the values of another field: full name to that field's. */
  readonly subFields: ReadonlyMap<string, string>;
}

/** Elasticsearch's types by what they are here; one that is not listed is left out, as if it were not mapped. */
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
};

type Json = Readonly<Record<string, unknown>>;

/** Reads a mapping file; see `readMapping`. */
export async function loadMapping(name: string, path: string): Promise<Mapping> {
  try {
    return readMapping(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new Problem(`${name}: ${messageOf(error)}`);
  }
}

/**
 * A mapping as Elasticsearch gives or takes it: the answer of `GET index/_mapping` (of one or more indices),
 * `{"mappings": {"properties": …}}`, `{"properties": …}`, or the properties themselves.
 */
export function readMapping(document: unknown): Mapping {
  const fields = new Map<string, Field>();
  const subFields = new Map<string, string>();
  for (const properties of propertiesOf(document)) readProperties(properties, '', fields, subFields);
  if (fields.size === 0) throw new Error('holds no mapping with fields');
  return { catalogue: catalogueOf([...fields.values()]), subFields };
}

function propertiesOf(document: unknown): readonly Json[] {
  if (!isObject(document)) return [];
  if (isObject(document['properties']) && !isDefinition(document['properties'])) return [document['properties']];
  if (isObject(document['mappings'])) return propertiesOf(document['mappings']);
  const indices = Object.values(document).filter(isObject);
  if (indices.some((index) => isObject(index['mappings']))) return indices.flatMap(propertiesOf);
  return [document];
}

/** A field may be called `properties`: then its definition has a type, which a list of properties has not. */
const isDefinition = (value: Json): boolean => typeof value['type'] === 'string';

function readProperties(
  properties: Json,
  prefix: string,
  fields: Map<string, Field>,
  subFields: Map<string, string>,
): void {
  for (const [key, definition] of Object.entries(properties)) {
    if (!isObject(definition)) continue;
    const name = prefix + key;
    const field = fieldOf(name, definition);
    if (field) fields.set(name, field);
    if (isObject(definition['properties'])) readProperties(definition['properties'], `${name}.`, fields, subFields);
    for (const [subKey, sub] of Object.entries(isObject(definition['fields']) ? definition['fields'] : {})) {
      const subField = isObject(sub) && !isCaseless(subKey, sub) ? fieldOf(`${name}.${subKey}`, sub) : null;
      if (!subField || !field) continue;
      fields.set(subField.name, subField);
      subFields.set(subField.name, name);
    }
  }
}

function fieldOf(name: string, definition: Json): Field | null {
  const type = TYPES[String(definition['type'])];
  if (!type) return null;
  const ignoreAbove = definition['ignore_above'];
  const parts = isObject(definition['fields']) ? Object.entries(definition['fields']) : [];
  const caseless = parts.some(([key, sub]) => isObject(sub) && isCaseless(key, sub));
  return {
    name,
    type,
    ...(typeof ignoreAbove === 'number' && { ignoreAbove }),
    ...(caseless && { caseless }),
  };
}

/** A lower-cased keyword of that name is part of its field here. */
const isCaseless = (key: string, definition: Json): boolean => key === 'caseless' && definition['type'] === 'keyword';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
