/** Elasticsearch mapping types this program stores and compares. */
export type FieldType =
  | 'keyword'
  | 'constant_keyword'
  | 'wildcard'
  | 'text'
  | 'long'
  | 'double'
  | 'boolean'
  | 'date'
  | 'ip';

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

export function catalogueOf(fields: readonly Field[]): FieldCatalogue {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return {
    fields,
    find: (name) => byName.get(name),
  };
}
