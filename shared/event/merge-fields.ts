import type { Field } from './field.ts';

/** Two lists of fields as one. */
export interface MergedFields {
  /** The first list's in their order, then what only the second has. */
  readonly fields: readonly Field[];
  /** Those of which events say more than the first list's columns hold: new ones, and lists of objects with new members. */
  readonly unread: readonly Field[];
  /** Names of fields whose values would be other ones by the second list; the first holds. */
  readonly otherwise: readonly string[];
}

/** Adds to the fields of a store those that others want it to have. What it has keeps its type. */
export function mergeFields(own: readonly Field[], wanted: readonly Field[]): MergedFields {
  const asked = new Map(wanted.map((field) => [field.name, field]));
  const present = new Set(own.map(({ name }) => name));
  const pairs = own.map((field) => ({ field, merged: mergedWith(field, asked.get(field.name)) }));
  const added = wanted.filter(({ name }) => !present.has(name));
  return {
    fields: [...pairs.map(({ merged }) => merged), ...added],
    unread: [...pairs.flatMap(({ field, merged }) => (namesIn(field) === namesIn(merged) ? [] : [merged])), ...added],
    otherwise: own.filter((field) => isOther(field, asked.get(field.name))).map(({ name }) => name),
  };
}

/** Sub-fields cost no column: a field has those that either asks for. */
function mergedWith(own: Field, wanted: Field | undefined): Field {
  if (!wanted || meaning(own) !== meaning(wanted)) return own;
  const fields = own.fields && mergeFields(own.fields, wanted.fields ?? []).fields;
  return { ...wanted, ...own, ...(fields && { fields }) };
}

function isOther(own: Field, wanted: Field | undefined): boolean {
  if (!wanted) return false;
  return meaning(own) !== meaning(wanted) || mergeFields(own.fields ?? [], wanted.fields ?? []).otherwise.length > 0;
}

/** What decides which values a column holds, but for the members of objects. */
const meaning = ({ type, source, ignoreAbove, many }: Field): string =>
  JSON.stringify([type, source ?? null, ignoreAbove ?? null, many === true]);

const namesIn = ({ fields = [] }: Field): string => JSON.stringify(fields.map((field) => [field.name, namesIn(field)]));
