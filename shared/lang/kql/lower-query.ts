import { unreachable } from '#shared/base/assert.ts';
import { type Expression, not, TRUE } from '#shared/plan/expression.ts';
import { MANY } from '#shared/plan/pattern.ts';
import type { Literal, QueryNode, ValuesNode } from './ast.ts';
import { everyField } from './fields.ts';
import { foldEquals } from './fold-equals.ts';
import { lowerRange, lowerValue } from './lower-leaf.ts';
import { isLoneStar, splitAtBlanks } from './lower-wildcard.ts';
import type { Lowering } from './lowering.ts';
import { error, warning } from './problem.ts';

/** A query's tree as an expression; mistakes go to the lowering's diagnostics, and stand as false in the result. */
export function lowerQuery(node: QueryNode, lowering: Lowering): Expression {
  switch (node.kind) {
    case 'and':
    case 'or':
      return {
        kind: node.kind,
        operands: node.operands.map((operand) => lowerQuery(operand, lowering)),
        span: node.span,
      };
    case 'not':
      return not(lowerQuery(node.operand, lowering), node.span);
    case 'match':
      return { ...lowerValues(node.field, node.values, lowering), span: node.span };
    case 'range':
      return { ...lowerRange(node, lowering), span: node.span };
    case 'free-text':
      return { ...lowerFreeText(node.value, lowering), span: node.span };
    case 'nested':
      return { ...lowerNested(node, lowering), span: node.span };
    default:
      return unreachable(node);
  }
}

function lowerValues(field: Literal, values: ValuesNode, lowering: Lowering): Expression {
  switch (values.kind) {
    case 'value':
      return isLoneStar(field) && isLoneStar(values.value)
        ? { ...TRUE, span: values.span }
        : lowerValue(field, values.value, lowering);
    case 'and':
      return {
        kind: 'and',
        operands: values.operands.map((operand) => lowerValues(field, operand, lowering)),
        span: values.span,
      };
    case 'or':
      return foldEquals(
        values.operands.map((operand) => lowerValues(field, operand, lowering)),
        values.span,
      );
    case 'not':
      return not(lowerValues(field, values.operand, lowering), values.span);
    default:
      return unreachable(values);
  }
}

/** A value without a field: any field that can hold it. */
function lowerFreeText(value: Literal, lowering: Lowering): Expression {
  if (isLoneStar(value)) return TRUE;
  lowering.diagnostics.push(
    warning({
      code: 'free-text',
      message:
        'A value without a field is looked for in every field: as the whole value, and as words in full-text fields only.',
      remedy: 'Name the field, and use * for the rest of a value: process.command_line:*curl*.',
      span: value.span,
    }),
  );
  if (value.kind === 'wildcard' && splitAtBlanks(value.pattern).length > 1) {
    lowering.diagnostics.push(
      warning({
        code: 'blank-in-pattern',
        message:
          'Without a field, Elasticsearch reads the blank in this pattern as OR, and looks for any of its parts.',
        remedy: 'Name a field of type keyword, or use * in place of the blank.',
        span: value.span,
      }),
    );
  }
  const anyField: Literal = { kind: 'wildcard', pattern: [MANY], span: value.span };
  return everyField(lowering.catalogue).length === 0
    ? { kind: 'literal', type: 'boolean', value: false }
    : lowerValue(anyField, value, { ...lowering, lenient: true, freeText: true });
}

/**
 * `field:{ … }` asks for one object of a list that meets every condition. Events are kept flat, so that this can only be
 * answered where one condition decides: existence is no matter of which object, and distributes over OR.
 */
function lowerNested(node: QueryNode & { readonly kind: 'nested' }, lowering: Lowering): Expression {
  const inner = node.field.kind === 'text' ? withPrefix(node.query, node.field.text) : null;
  if (inner !== null) return lowerQuery(inner, lowering);
  lowering.diagnostics.push(
    error({
      code: 'unsupported-nested',
      message: 'Conditions on one object of a list are not supported: events are kept with flat fields.',
      remedy: 'Name the fields in full and join them: field.a:1 and field.b:2.',
      span: node.span,
    }),
  );
  return { kind: 'literal', type: 'boolean', value: false };
}

/** The query with full field names; null where it needs two conditions of one object. */
function withPrefix(node: QueryNode, prefix: string): QueryNode | null {
  switch (node.kind) {
    case 'or': {
      const operands = node.operands.map((operand) => withPrefix(operand, prefix));
      return operands.every((operand) => operand !== null) ? { ...node, operands } : null;
    }
    case 'match':
      return isDisjunction(node.values) ? { ...node, field: prefixed(node.field, prefix) } : null;
    case 'range':
      return { ...node, field: prefixed(node.field, prefix) };
    case 'nested': {
      const field = prefixed(node.field, prefix);
      return field.kind === 'text' ? withPrefix(node.query, field.text) : null;
    }
    case 'and':
    case 'not':
    case 'free-text':
      return null;
    default:
      return unreachable(node);
  }
}

const isDisjunction = (values: ValuesNode): boolean =>
  values.kind === 'value' || (values.kind === 'or' && values.operands.every(isDisjunction));

const prefixed = (field: Literal, prefix: string): Literal =>
  field.kind === 'text'
    ? { ...field, text: `${prefix}.${field.text}` }
    : { ...field, pattern: [`${prefix}.`, ...field.pattern] };
