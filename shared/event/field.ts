/** Elasticsearch mapping types this program stores and compares. */
export const FIELD_TYPES = [
  'keyword',
  'constant_keyword',
  'wildcard',
  'text',
  'long',
  'double',
  'boolean',
  'date',
  'ip',
  /** An object all of whose values, however deep, are one set of keywords. */
  'flattened',
  /** A list of objects of which each is asked for itself. */
  'nested',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** One leaf of a mapping: what a dotted name means, and what of a value is kept. */
export interface Field {
  /** Full dotted ECS name. */
  readonly name: string;
  readonly type: FieldType;
  /** Where its values stand in a document, if elsewhere than under its name: those of a sub-field stand under its parent's. */
  readonly source?: string;
  /** Usually several values in one event, as `process.args`. Any field may still hold several in a given event. */
  readonly many?: true;
  /** Longest value that is indexed, in UTF-16 units; a longer one is absent for every query, and stays in the document. */
  readonly ignoreAbove?: number;
  /** Has a `.caseless` sub-field (lower-cased keyword). */
  readonly caseless?: true;
  /** Has a `.text` sub-field (full text). */
  readonly text?: true;
  /** Of a field of type nested: what its objects have, names seen from the object. */
  readonly fields?: readonly Field[];
  /** Stands in a flattened object, where Elasticsearch knows no patterns. */
  readonly keyed?: true;
  /** As `ignoreAbove`, of the `.caseless` sub-field, where the field itself keeps longer values. */
  readonly caselessIgnoreAbove?: number;
}

/** The fields a store knows. */
export interface FieldCatalogue {
  readonly fields: readonly Field[];
  /** The field of that exact name , or undefined. */
  find(name: string): Field | undefined;
  /**
   * Why a name that is mapped is no field here, to stand behind `Cannot use field [name]`; undefined where nobody maps it.
   * Absent: nothing is mapped that is no field.
   */
  readonly unusable?: (name: string) => string | undefined;
}

/** The path in a document at which a field's values stand. */
export const pathOf = ({ name, source }: Field): string => source ?? name;

/** A list of objects is one, and so are the values of an object. */
const asList = (field: Field): Field =>
  field.type === 'nested' || field.type === 'flattened' ? { ...field, many: true } : field;

export function catalogueOf(given: readonly Field[]): FieldCatalogue {
  const fields = given.map(asList);
  const byName = new Map(fields.map((field) => [field.name, field]));
  return {
    fields,
    find: (name) => byName.get(name),
  };
}
