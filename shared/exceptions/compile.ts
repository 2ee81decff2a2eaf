import { unreachable } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { lowerCaseText } from '#shared/base/text.ts';
import { catalogueOf, type Field, type FieldCatalogue, type FieldType } from '#shared/event/field.ts';
import { isFullText, nameOf, type ResolvedField, resolveField } from '#shared/lang/kql/fields.ts';
import { withinLimit } from '#shared/lang/kql/lower-leaf.ts';
import { equalityTest, type ValueTest } from '#shared/lang/kql/lower-value.ts';
import { allOf, anyOf, type Expression, not } from '#shared/plan/expression.ts';
import { isHidden } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import type { ExceptionEntry } from './item.ts';
import { exceptionPattern } from './wildcard.ts';

/**
 * When an exception holds for a source event: every entry does. Included: any value of the field passes. Excluded: none
 * does, so that it holds where the field is absent. Two-valued (elastic/kibana `lists/.../build_exception_filter.ts`). A
 * field that nobody maps has no values. Fails for a value that the field's type cannot hold.
 */
export function compileException(
  entries: readonly ExceptionEntry[],
  catalogue: FieldCatalogue,
): Result<Expression, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const operands = entries.map((entry) => {
    const resolved = resolveField(entry.field, catalogue);
    const holds = resolved ? lowerEntry(entry, resolved, diagnostics) : never(entry.field);
    return entry.operator === 'included' ? holds : not(holds);
  });
  return diagnostics.length > 0 ? fail(diagnostics) : succeed(allOf(operands));
}

/** The same for a rule's result row: entries name its columns, hidden ones excepted. An unknown column is an error. */
export function compileResultException(
  entries: readonly ExceptionEntry[],
  columns: readonly ResultColumn[],
): Result<Expression, readonly Diagnostic[]> {
  const catalogue = columnCatalogue(columns);
  const unknown = entries.filter((entry) => !catalogue.find(entry.field));
  if (unknown.length > 0) return fail(unknown.map((entry) => unknownColumn(entry.field, catalogue)));
  return compileException(entries, catalogue);
}

const FIELD_TYPES: Readonly<Record<ValueType, FieldType>> = {
  string: 'keyword',
  long: 'long',
  double: 'double',
  boolean: 'boolean',
  datetime: 'date',
  span: 'long',
  ip: 'ip',
  null: 'keyword',
};

/** The visible columns of a result as fields. */
export const columnCatalogue = (columns: readonly ResultColumn[]): FieldCatalogue =>
  catalogueOf(
    columns
      .filter((column) => !isHidden(column.name))
      .map((column): Field => ({ name: column.name, type: FIELD_TYPES[column.type] })),
  );

const unknownColumn = (name: string, catalogue: FieldCatalogue): Diagnostic => ({
  code: 'unknown-column',
  severity: 'error',
  message: `The rule's result has no column ${name}.`,
  remedy: `It has ${catalogue.fields.map((field) => field.name).join(', ')}. To leave out by another field, act on events.`,
});

const never = (field: string): Expression => ({ kind: 'any', field, type: 'null', test: { kind: 'never' } });

function lowerEntry(entry: ExceptionEntry, resolved: ResolvedField, diagnostics: Diagnostic[]): Expression {
  const leaves = testsOf(entry, resolved).flatMap((test): readonly Expression[] => {
    if (test.kind === 'refused') {
      const { span: _, ...diagnostic } = test.because;
      diagnostics.push(diagnostic);
      return [];
    }
    return [
      {
        kind: 'any',
        field: resolved.field.name,
        type: valueTypeOf(resolved.field.type),
        ...(resolved.caseless && { caseless: true as const }),
        test: withinLimit(test, resolved),
      },
    ];
  });
  return anyOf(leaves);
}

/** The entry as tests of one element; several are OR-ed. */
function testsOf(entry: ExceptionEntry, resolved: ResolvedField): readonly ValueTest[] {
  switch (entry.type) {
    case 'exists':
      return [{ kind: 'exists' }];
    case 'match':
      return [valueTest(entry.value, resolved)];
    case 'match_any':
      return oneOf(entry.value.map((value) => valueTest(value, resolved)));
    case 'wildcard':
      return [patternTest(entry.value, resolved)];
    default:
      return unreachable(entry);
  }
}

/** A phrase match on a field that is not analysed is the whole value. */
const valueTest = (value: string, resolved: ResolvedField): ValueTest =>
  equalityTest(resolved, { kind: 'text', text: value, quoted: true, span: { from: 0, to: 0 } });

function oneOf(tests: readonly ValueTest[]): readonly ValueTest[] {
  const values = tests.flatMap((test) => (test.kind === 'equals' ? [test.value] : []));
  const others = tests.filter((test) => test.kind !== 'equals' && test.kind !== 'never');
  if (values.length + others.length === 0) return [{ kind: 'never' }];
  return values.length < 2 ? tests : [{ kind: 'one-of', values: [...new Set(values)] }, ...others];
}

function patternTest(text: string, resolved: ResolvedField): ValueTest {
  const type = valueTypeOf(resolved.field.type);
  if (isFullText(resolved)) return { kind: 'word', test: { kind: 'like', pattern: exceptionPattern(text) } };
  if (type !== 'string') {
    return {
      kind: 'refused',
      because: {
        code: 'wildcard-on-type',
        severity: 'error',
        message: `"matches" works on text values, and ${nameOf(resolved)} is of type ${resolved.field.type}.`,
        remedy: 'Use "is" or "is one of".',
      },
    };
  }
  return { kind: 'like', pattern: exceptionPattern(resolved.caseless ? lowerCaseText(text) : text) };
}
