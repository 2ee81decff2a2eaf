import type { SyntaxNode } from '@lezer/common';
import { must } from '#shared/base/assert.ts';
import type { Diagnostic, Span } from '#shared/base/diagnostic.ts';
import { remembering } from '#shared/base/remember.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { Literal, Query, QueryNode, RangeOperator, ValuesNode } from './ast.ts';
import { decodeQuoted, decodeUnquoted } from './decode.ts';
import { parser } from './parser.generated.ts';
import { findSyntaxErrors, nestingOf } from './syntax-error.ts';

/** Parentheses within parentheses; Elasticsearch itself stops at 30 nested `bool` queries. */
export const MAX_NESTING = 100;

/**
 * Reads KQL as Kibana does. Any mistake is an error: a diagnostic at each place where no query can go on, as far as the reader
 * finds its way behind it.
 */
export const parseKql = remembering((text): Result<Query, readonly Diagnostic[]> => {
  const nesting = nestingOf(text, MAX_NESTING);
  if (nesting !== null) {
    return fail([
      {
        code: 'too-deep',
        severity: 'error',
        message: `Parentheses are nested more than ${MAX_NESTING} deep.`,
        remedy: 'Take out parentheses that change nothing.',
        span: nesting,
      },
    ]);
  }
  const mistakes = findSyntaxErrors(text);
  if (mistakes.length > 0) return fail(mistakes);
  const query = parser.parse(text).topNode.firstChild;
  return succeed(query && buildQuery(query, text));
});

const spanOf = (node: SyntaxNode): Span => ({ from: node.from, to: node.to });

/** The children that carry meaning: no operators, no punctuation. */
function operandsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (/^[A-Z]/.test(child.name) && !/^(?:Or|And|Not|RangeOperator)$/.test(child.name)) operands.push(child);
  }
  return operands;
}

const operandOf = (node: SyntaxNode, index = 0): SyntaxNode => must(operandsOf(node)[index], `operand of ${node.name}`);

function buildQuery(node: SyntaxNode, text: string): QueryNode {
  const span = spanOf(node);
  switch (node.name) {
    case 'Disjunction':
    case 'Conjunction':
      return {
        kind: node.name === 'Disjunction' ? 'or' : 'and',
        operands: operandsOf(node).map((operand) => buildQuery(operand, text)),
        span,
      };
    case 'Negation':
      return { kind: 'not', operand: buildQuery(operandOf(node), text), span };
    case 'Group':
      return buildQuery(operandOf(node), text);
    case 'Nested':
      return { kind: 'nested', field: literalIn(node, text), query: buildQuery(operandOf(node, 1), text), span };
    case 'Range': {
      const operator = must(node.getChild('RangeOperator'), 'range operator');
      return {
        kind: 'range',
        field: literalIn(node, text),
        operator: text.slice(operator.from, operator.to) as RangeOperator,
        value: buildLiteral(operandOf(operandOf(node, 1)), text),
        span,
      };
    }
    case 'Match':
      return { kind: 'match', field: literalIn(node, text), values: buildValues(operandOf(node, 1), text), span };
    case 'FreeText':
      return { kind: 'free-text', value: buildLiteral(operandOf(node), text), span };
    default:
      throw new Error(`Unexpected node ${node.name}`);
  }
}

function buildValues(node: SyntaxNode, text: string): ValuesNode {
  const span = spanOf(node);
  switch (node.name) {
    case 'ValueDisjunction':
    case 'ValueConjunction':
      return {
        kind: node.name === 'ValueDisjunction' ? 'or' : 'and',
        operands: operandsOf(node).map((operand) => buildValues(operand, text)),
        span,
      };
    case 'ValueNegation':
      return { kind: 'not', operand: buildValues(operandOf(node), text), span };
    case 'ValueGroup':
      return buildValues(operandOf(node), text);
    case 'Value':
      return { kind: 'value', value: buildLiteral(operandOf(node), text), span };
    default:
      throw new Error(`Unexpected node ${node.name}`);
  }
}

/** The literal in the node's first operand, its field. */
const literalIn = (node: SyntaxNode, text: string): Literal => buildLiteral(operandOf(operandOf(node)), text);

function buildLiteral(node: SyntaxNode, text: string): Literal {
  const source = text.slice(node.from, node.to);
  return node.name === 'Quoted' ? decodeQuoted(source, spanOf(node)) : decodeUnquoted(source, spanOf(node));
}
