import { unreachable } from '#shared/base/assert.ts';
import { type Expression, not, TRUE } from '#shared/plan/expression.ts';
import { MANY } from '#shared/plan/pattern.ts';
import type { Literal, QueryNode, ValuesNode } from './ast.ts';
import { everyField } from './fields.ts';
import { foldEquals } from './fold-equals.ts';
import { lowerRange, lowerValue } from './lower-leaf.ts';
import { lowerNested } from './lower-nested.ts';
import { isLoneStar, splitAtBlanks } from './lower-wildcard.ts';
import type { Lowering } from './lowering.ts';
import { warning } from './problem.ts';

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
      return { ...lowerNested(node, lowering, lowerQuery), span: node.span };
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
