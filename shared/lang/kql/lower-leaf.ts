import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { utf16Length } from '#shared/base/text.ts';
import type { Field } from '#shared/event/field.ts';
import { nestedFieldAbove } from '#shared/event/nested-path.ts';
import { anyOf, type ElementTest, type Expression, FALSE } from '#shared/plan/expression.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import type { Literal, QueryNode } from './ast.ts';
import { everyField, fieldsBelow, fieldsNamed, isFullText, nameOf, type ResolvedField, typeNameOf } from './fields.ts';
import { writtenName } from './lower-nested.ts';
import { comparison, relativeComparison, relativeEquality } from './lower-range.ts';
import { equalityTest, type ValueTest } from './lower-value.ts';
import { isLoneStar, splitAtBlanks, splitsAtBlanks, wildcardTests } from './lower-wildcard.ts';
import type { Lowering } from './lowering.ts';
import { nearNames } from './near-names.ts';
import { error, warning } from './problem.ts';

/** `field: value`: true where any value of any field that is named passes. */
export function lowerValue(field: Literal, value: Literal, lowering: Lowering): Expression {
  if (value.kind === 'text' && !value.quoted && value.text === 'null') return refuseNull(value, lowering);
  const fields = (isLoneStar(value) ? existingFields(field, lowering) : fieldsNamed(field, lowering.catalogue)).filter(
    (resolved) => resolved.field.type !== 'nested',
  );
  if (fields.length === 0) return unknownField(field, value, lowering);
  const lenient = { ...lowering, lenient: lowering.lenient || field.kind === 'wildcard' };
  const leaves = fields.flatMap((resolved) => leavesOf(resolved, value, lenient));
  return leaves.length === 1 ? (leaves[0] ?? FALSE) : { ...anyOf(leaves), span: value.span };
}

/** An object exists where any field below it does. */
function existingFields(field: Literal, { catalogue }: Lowering): readonly ResolvedField[] {
  const fields = fieldsNamed(field, catalogue);
  return fields.length === 0 && field.kind === 'text' ? fieldsBelow(field.text, catalogue) : fields;
}

function leavesOf(resolved: ResolvedField, value: Literal, lowering: Lowering): readonly Expression[] {
  if (value.kind === 'text') {
    const relative = relativeEquality(resolved, value);
    return relative ? [relative] : leafOf(resolved, equalityTest(resolved, value), value, lowering);
  }
  warnOfBlanks(resolved, value, lowering);
  warnOfKeyedPattern(resolved, value, lowering);
  return wildcardTests(resolved, value, lowering.freeText || undefined).flatMap((test) =>
    leafOf(resolved, test, value, lowering),
  );
}

function leafOf(resolved: ResolvedField, test: ValueTest, value: Literal, lowering: Lowering): readonly Expression[] {
  if (test.kind === 'refused') {
    if (!lowering.lenient) lowering.diagnostics.push(test.because);
    return [];
  }
  return [
    {
      kind: 'any',
      field: resolved.field.name,
      type: valueTypeOf(resolved.field.type),
      ...(resolved.caseless && { caseless: true as const }),
      test: withinLimit(test, resolved),
      span: value.span,
    },
  ];
}

/** A sub-field may keep less than its field does. Equality asks for no longer values than its own. */
export function withinLimit(test: ElementTest, { field, caseless }: ResolvedField): ElementTest {
  const units = caseless ? field.caselessIgnoreAbove : undefined;
  if (units === undefined || test.kind === 'never') return test;
  if (test.kind === 'equals' && utf16Length(String(test.value)) <= units) return test;
  return { kind: 'up-to', units, test };
}

/** `field < value` and its like. */
export function lowerRange(node: QueryNode & { readonly kind: 'range' }, lowering: Lowering): Expression {
  const { field, operator, value } = node;
  if (value.kind === 'wildcard') {
    lowering.diagnostics.push(
      error({
        code: 'wildcard-in-range',
        message: 'A comparison takes a value without wildcards.',
        remedy: 'Quote the value to compare with a literal *.',
        span: value.span,
      }),
    );
    return FALSE;
  }
  const fields = fieldsNamed(field, lowering.catalogue).filter((resolved) => resolved.field.type !== 'nested');
  if (fields.length === 0) return unknownField(field, value, lowering);
  const lenient = { ...lowering, lenient: field.kind === 'wildcard' };
  const leaves = fields.flatMap((resolved) => {
    const test = comparison(resolved, operator, value);
    return test.kind === 'relative'
      ? [relativeComparison(resolved.field.name, operator, test.to, node.span)]
      : leafOf(resolved, test, value, lenient);
  });
  return leaves.length === 1 ? (leaves[0] ?? FALSE) : anyOf(leaves);
}

function warnOfBlanks(
  resolved: ResolvedField,
  value: Literal & { readonly kind: 'wildcard' },
  lowering: Lowering,
): void {
  const parts = splitsAtBlanks(resolved) ? splitAtBlanks(value.pattern) : [];
  if (parts.length < 2 || lowering.lenient) return;
  lowering.diagnostics.push(
    warning({
      code: 'blank-in-pattern',
      message: `${nameOf(resolved)} is of type ${typeNameOf(resolved)}: Elasticsearch reads the blank in this pattern as OR and looks for any of ${parts.length} patterns.`,
      remedy: isFullText(resolved)
        ? 'Quote the words to look for them one behind the other; that takes no wildcard.'
        : resolved.field.caseless
          ? `Use ${nameOf(resolved)}.caseless, which takes the pattern as one, or * in place of the blank.`
          : 'Use * in place of the blank.',
      span: value.span,
    }),
  );
}

function warnOfKeyedPattern(resolved: ResolvedField, value: Literal, { diagnostics, lenient }: Lowering): void {
  if (!resolved.field.keyed || isLoneStar(value) || lenient) return;
  diagnostics.push(
    warning({
      code: 'pattern-on-flattened',
      message: `${nameOf(resolved)} stands in a flattened object, where Elasticsearch refuses patterns; here it is matched as a keyword.`,
      remedy: 'Use an exact value, or the field that holds the whole object as text.',
      span: value.span,
    }),
  );
}

/** Near names are looked for this often in one query; a query of thousands of unknown names is none a person wrote. */
const MOST_HELPED = 50;

/** A field nobody maps has no values: nothing can match, which is seldom what was meant. */
function unknownField(field: Literal, value: Literal, { catalogue, diagnostics }: Lowering): Expression {
  const name = writtenName(field);
  const nested = nestedFieldAbove(name, catalogue.fields);
  if (nested) return outsideOfObject(field, nested, diagnostics);
  const near =
    field.kind === 'text' && diagnostics.length < MOST_HELPED ? nearNames(name, everyField(catalogue).map(nameOf)) : [];
  const unusable = field.kind === 'text' ? catalogue.unusable?.(name) : undefined;
  if (unusable !== undefined) {
    const message = `Cannot use field [${name}] ${unusable}`;
    diagnostics.push(error({ code: 'unsupported-field', message, span: field.span }));
    return FALSE;
  }
  diagnostics.push(
    warning({
      code: 'unknown-field',
      message:
        field.kind === 'text'
          ? `No field is named ${name}, so that this matches nothing.`
          : `No field's name matches ${name}, so that this matches nothing.`,
      ...(near.length > 0 && { remedy: didYouMean(name, near) }),
      span: field.span,
    }),
  );
  return { kind: 'any', field: name, type: 'null', test: { kind: 'never' }, span: value.span };
}

const didYouMean = (name: string, near: readonly string[]): string => {
  const same = near.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return same === undefined ? `Did you mean ${near.join(' or ')}?` : `Names are in the case that they have: ${same}.`;
};

/** Objects of a list are documents of their own to Elasticsearch: a condition on the event never sees their fields. */
function outsideOfObject(field: Literal, nested: Field, diagnostics: Diagnostic[]): Expression {
  const name = writtenName(field);
  diagnostics.push(
    warning({
      code: 'nested-field',
      message: `${name} stands in the objects of ${nested.name}, which are only asked in braces: this matches nothing.`,
      remedy: `Write ${nested.name}:{ ${name.slice(nested.name.length + 1) || 'field'}:value }.`,
      span: field.span,
    }),
  );
  return { kind: 'any', field: name, type: 'null', test: { kind: 'never' } };
}

function refuseNull(value: Literal, { diagnostics }: Lowering): Expression {
  diagnostics.push(
    error({
      code: 'null-value',
      message: 'null is no value that a field could have.',
      remedy: 'Write not field:* for events without the field, or "null" for the text.',
      span: value.span,
    }),
  );
  return FALSE;
}
