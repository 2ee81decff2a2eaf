import type { Field, FieldCatalogue } from '#shared/event/field.ts';
import { matchesPattern } from '#shared/plan/match-pattern.ts';
import type { Literal } from './ast.ts';

const CASELESS = '.caseless';
const TEXT = '.text';

/** A field a query names: the field itself, or its lower-cased or full-text sub-field. */
export interface ResolvedField {
  readonly field: Field;
  readonly caseless: boolean;
  /** It is a full-text field that shares the values of its parent. */
  readonly analysed?: true;
}

/** Asked for words instead of whole values. */
export const isFullText = ({ field, analysed }: ResolvedField): boolean => field.type === 'text' || analysed === true;

/** Its type, as messages name it. */
export const typeNameOf = (resolved: ResolvedField): string =>
  isFullText(resolved) ? 'text' : resolved.caseless ? 'keyword' : resolved.field.type;

/** The name as a query writes it. */
export const nameOf = (resolved: ResolvedField): string =>
  resolved.field.name + (resolved.caseless ? CASELESS : resolved.analysed ? TEXT : '');

/** The field, or sub-field, of exactly this name. */
export function resolveField(name: string, catalogue: FieldCatalogue): ResolvedField | null {
  if (name.endsWith(CASELESS)) {
    const parent = catalogue.find(name.slice(0, -CASELESS.length));
    if (parent?.caseless) return { field: parent, caseless: true };
  }
  const field = catalogue.find(name);
  if (field) return { field, caseless: false };
  const parent = name.endsWith(TEXT) ? catalogue.find(name.slice(0, -TEXT.length)) : undefined;
  return parent?.text ? { field: parent, caseless: false, analysed: true } : null;
}

/** All fields of the catalogue, sub-fields after their parents. */
export const everyField = (catalogue: FieldCatalogue): readonly ResolvedField[] =>
  catalogue.fields.flatMap((field) => [
    { field, caseless: false },
    ...(field.caseless ? [{ field, caseless: true }] : []),
    ...(field.text ? [{ field, caseless: false, analysed: true as const }] : []),
  ]);

/** The fields a literal names: none, one, or all that its wildcards meet. */
export function fieldsNamed(literal: Literal, catalogue: FieldCatalogue): readonly ResolvedField[] {
  if (literal.kind === 'wildcard') {
    return everyField(catalogue).filter((resolved) => matchesPattern(literal.pattern, nameOf(resolved)));
  }
  const resolved = resolveField(literal.text, catalogue);
  return resolved ? [resolved] : [];
}

/** The fields below an object's name, as `process` is one. */
export const fieldsBelow = (name: string, catalogue: FieldCatalogue): readonly ResolvedField[] =>
  catalogue.fields.filter((field) => field.name.startsWith(`${name}.`)).map((field) => ({ field, caseless: false }));
