import { readFile } from 'node:fs/promises';
import { jsonProblemText, parseJson } from '#shared/base/json.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { collectFields, type IndexProperties, isObject } from './mapping-fields.ts';
import { Problem, reasonOf } from './problem.ts';

/** Reads a mapping file; see `readMapping`. */
export async function loadMapping(name: string, path: string): Promise<FieldCatalogue> {
  try {
    const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
    const document = parseJson(text);
    if (!document.ok) throw new Error(jsonProblemText(text, document.error));
    return readMapping(document.value);
  } catch (error) {
    throw new Problem(`${name}: ${reasonOf(error)}`);
  }
}

/**
 * A mapping as Elasticsearch gives or takes it: the answer of `GET index/_mapping` (of one or more indices), an index or
 * component template, or the answer that lists them, `{"mappings": {"properties": …}}`, `{"properties": …}`, or the
 * properties themselves.
 */
export function readMapping(document: unknown): FieldCatalogue {
  const catalogue = collectFields(propertiesOf(document, ''));
  if (catalogue.fields.length === 0) throw new Error('holds no mapping with fields');
  return catalogue;
}

/** Members in which answers and templates wrap what they hold. */
const WRAPPERS = [
  'mappings',
  'template',
  'index_template',
  'component_template',
  'index_templates',
  'component_templates',
];

/** `index` names where the properties are from. */
function propertiesOf(document: unknown, index: string): readonly IndexProperties[] {
  if (Array.isArray(document)) return document.flatMap((entry) => propertiesOf(entry, index));
  if (!isObject(document)) return [];
  const { properties } = document;
  // A field may be called `properties`: then its definition has a type, which a list of properties has not.
  if (isObject(properties) && typeof properties['type'] !== 'string') return [{ index, properties }];
  const wrapped = WRAPPERS.map((name) => document[name]).filter(holdsMore);
  if (wrapped.length > 0) return wrapped.flatMap((inner) => propertiesOf(inner, index));
  const indices = Object.entries(document).filter(([, value]) => isObject(value) && holdsMore(value['mappings']));
  if (indices.length > 0) return indices.flatMap(([name, value]) => propertiesOf(value, name));
  return isTyped(document) ? propertiesOf(document['_doc'], index) : [{ index, properties: document }];
}

/** The definition of a field of that name has a type, or its own fields below it. */
const holdsMore = (value: unknown): boolean =>
  Array.isArray(value) || (isObject(value) && typeof value['type'] !== 'string' && Object.keys(value).length > 0);

/** Mappings of old named a type of document. */
const isTyped = (document: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(document).join() === '_doc' && isObject(document['_doc']);
