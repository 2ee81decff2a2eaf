import { unreachable } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { lowerCaseText } from '#shared/base/text.ts';
import { catalogueOf, type Field, type FieldCatalogue, type FieldType } from '#shared/event/field.ts';
import { isFullText, nameOf, type ResolvedField, resolveField } from '#shared/lang/kql/fields.ts';
import { withinLimit } from '#shared/lang/kql/lower-leaf.ts';
import { anyObject, listsTo, objectsOf } from '#shared/lang/kql/lower-nested.ts';
import type { ValueTest } from '#shared/lang/kql/lower-value.ts';
import { allOf, anyOf, type Expression, not } from '#shared/plan/expression.ts';
import { isHidden } from '#shared/plan/plan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import type { ValueType } from '#shared/plan/value.ts';
import type { AnyEntry, ExceptionEntry, ListEntry, NestedEntry, OsType } from './item.ts';
import { ofSystems } from './os-types.ts';
import { listTests, type ValueLists } from './value-list.ts';
import { oneOf, valueTest } from './value-tests.ts';
import { exceptionPattern } from './wildcard.ts';

/** What an item says beside its entries. */
export interface ItemContext {
  /** Operating systems that it is for; none: all. */
  readonly osTypes?: readonly OsType[];
  /** The values of the lists that it names, by their ids. */
  readonly lists?: ValueLists;
}

/**
 * When an exception holds for a source event: every entry does, on a host of its operating systems. Included: any value of the
 * field passes. Excluded: none does, so that it holds where the field is absent. Two-valued (elastic/kibana
 * `lists/.../build_exception_filter.ts`). A field that nobody maps has no values. Fails for a value that the field's type
 * cannot hold, and for a list that cannot be applied.
 */
export function compileException(
  entries: readonly AnyEntry[],
  catalogue: FieldCatalogue,
  { osTypes = [], lists = new Map() }: ItemContext = {},
): Result<Expression, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const operands = entries.map((entry) => lowerAnyEntry(entry, { catalogue, lists, diagnostics }));
  if (osTypes.length > 0) operands.push(ofSystems(osTypes, catalogue));
  return diagnostics.length > 0 ? fail(diagnostics) : succeed(allOf(operands));
}

/** The same for a rule's result row: entries name its columns, hidden ones excepted. An unknown column is an error. */
export function compileResultException(
  entries: readonly AnyEntry[],
  columns: readonly ResultColumn[],
  context: ItemContext = {},
): Result<Expression, readonly Diagnostic[]> {
  const catalogue = columnCatalogue(columns);
  const named = [...entries.map(({ field }) => field), ...(context.osTypes?.length ? ['host.os.type'] : [])];
  const unknown = named.filter((field) => !catalogue.find(field));
  if (unknown.length > 0) return fail(unknown.map((field) => unknownColumn(field, catalogue)));
  return compileException(entries, catalogue, context);
}

interface Lowering {
  readonly catalogue: FieldCatalogue;
  readonly lists: ValueLists;
  readonly diagnostics: Diagnostic[];
}

function lowerAnyEntry(entry: AnyEntry, lowering: Lowering): Expression {
  if (entry.type === 'nested') return lowerNested(entry, lowering);
  const resolved = resolveField(entry.field, lowering.catalogue);
  const holds = resolved ? lowerEntry(entry, resolved, lowering) : never(entry.field);
  return entry.operator === 'included' ? holds : not(holds);
}

/** A path that is not mapped as nested has no such objects. */
function lowerNested({ field, entries }: NestedEntry, lowering: Lowering): Expression {
  const lists = listsTo(field, lowering.catalogue);
  if (!lists) return never(field);
  const inside = { ...lowering, catalogue: objectsOf(lists) };
  return anyObject(lists, allOf(entries.map((entry) => lowerAnyEntry(entry, inside))));
}

const FIELD_TYPES: Readonly<Record<ValueType, FieldType>> = {
  string: 'keyword',
  long: 'long',
  double: 'double',
  boolean: 'boolean',
  datetime: 'date',
  span: 'long',
  ip: 'ip',
  geo_point: 'keyword',
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

function lowerEntry(
  entry: ExceptionEntry | ListEntry,
  resolved: ResolvedField,
  { lists, diagnostics }: Lowering,
): Expression {
  const leaves = testsOf(entry, resolved, lists).flatMap((test): readonly Expression[] => {
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
function testsOf(entry: ExceptionEntry | ListEntry, resolved: ResolvedField, lists: ValueLists): readonly ValueTest[] {
  switch (entry.type) {
    case 'exists':
      return [{ kind: 'exists' }];
    case 'match':
      return [valueTest(entry.value, resolved)];
    case 'match_any':
      return oneOf(entry.value.map((value) => valueTest(value, resolved)));
    case 'wildcard':
      return [patternTest(entry.value, resolved)];
    case 'list':
      return listTests(entry, resolved, lists);
    default:
      return unreachable(entry);
  }
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
