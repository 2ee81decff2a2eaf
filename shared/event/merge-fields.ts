import type { Field } from './field.ts';

/** Two lists of fields as one. */
export interface MergedFields {
  /** The first list's in their order, then what only the second has; the first list itself where the second adds nothing. */
  readonly fields: readonly Field[];
  /** Names of those that the second list adds, or adds members or sub-fields to. */
  readonly grown: readonly string[];
  /** Those of which events say more than the first list's columns hold: new ones, and lists of objects with new members. */
  readonly unread: readonly Field[];
  /** Names of fields whose values would be other ones by the second list; the first holds. */
  readonly otherwise: readonly string[];
}

/** Adds to the fields of a store those that others want it to have. What it has keeps its type. */
export function mergeFields(own: readonly Field[], wanted: readonly Field[]): MergedFields {
  const asked = new Map(wanted.map((field) => [field.name, field]));
  const present = new Set(own.map(({ name }) => name));
  const pairs = own.map((field) => mergedWith(field, asked.get(field.name)));
  const added = wanted.filter(({ name }) => !present.has(name));
  const grown = [...pairs.map(({ field }) => field).filter((field, index) => field !== own[index]), ...added];
  return {
    fields: grown.length === 0 ? own : [...pairs.map(({ field }) => field), ...added],
    grown: grown.map(({ name }) => name),
    unread: [...pairs.filter(({ hasNewMembers }) => hasNewMembers).map(({ field }) => field), ...added],
    otherwise: pairs.filter(({ isOther }) => isOther).map(({ field }) => field.name),
  };
}

interface MergedField {
  readonly field: Field;
  readonly hasNewMembers: boolean;
  readonly isOther: boolean;
}

const NO_MEMBERS: readonly Field[] = [];

/** Sub-fields cost no column: a field has those that either asks for. */
function mergedWith(own: Field, wanted: Field | undefined): MergedField {
  if (!wanted || wanted === own) return { field: own, hasNewMembers: false, isOther: false };
  if (!meansTheSame(own, wanted)) return { field: own, hasNewMembers: false, isOther: true };
  const { fields: had = NO_MEMBERS } = own;
  // Once a level: lists of objects are as deep as somebody writes them.
  const members = mergeFields(had, wanted.fields ?? NO_MEMBERS);
  const addsNothing = members.fields === had && Object.keys(wanted).every((key) => key in own);
  return {
    field: addsNothing ? own : { ...wanted, ...own, ...(members.fields.length > 0 && { fields: members.fields }) },
    hasNewMembers: members.unread.length > 0,
    isOther: members.otherwise.length > 0,
  };
}

/** Whether two columns hold the same values, but for the members of objects. */
const meansTheSame = (one: Field, other: Field): boolean =>
  one.type === other.type &&
  one.source === other.source &&
  one.ignoreAbove === other.ignoreAbove &&
  (one.many === true) === (other.many === true);
