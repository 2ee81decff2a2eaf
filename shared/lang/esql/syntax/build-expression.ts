import type { SyntaxNode } from '@lezer/common';
import { must } from '#shared/base/assert.ts';
import type { ArithmeticOperator, CompareOperator } from '#shared/plan/expression.ts';
import type { Node, Option, StringLiteral } from './ast.ts';
import { childrenOf, nameOf, type Source, spanOf, wordOf } from './syntax.ts';

type Builder = (source: Source, node: SyntaxNode) => Node;

/** How each kind of syntax node becomes an expression; a node that is not here is none. */
const BUILDERS: ReadonlyMap<string, Builder> = new Map<string, Builder>([
  ['String', stringLiteral],
  ['Number', (source, node) => ({ kind: 'number', text: source.text(node), ...spanOf(node) })],
  ['Boolean', (_, node) => ({ kind: 'boolean', value: node.getChild('TrueKeyword') !== null, ...spanOf(node) })],
  ['Null', (_, node) => ({ kind: 'null', ...spanOf(node) })],
  ['Timespan', timespan],
  ['Column', (source, node) => ({ kind: 'name', name: nameOf(source, node), ...spanOf(node) })],
  ['List', (source, node) => ({ kind: 'list', items: listed(source, node), ...spanOf(node) })],
  ['Call', call],
  // Parentheses leave no trace, so that messages and default names show what is inside.
  ['Group', (source, node) => must(operandsOf(source, node)[0], 'operand')],
  ['Or', (source, node) => ({ kind: 'or', operands: operandsOf(source, node), ...spanOf(node) })],
  ['And', (source, node) => ({ kind: 'and', operands: operandsOf(source, node), ...spanOf(node) })],
  ['Not', (source, node) => ({ kind: 'not', operand: must(operandsOf(source, node)[0], 'operand'), ...spanOf(node) })],
  ['Compare', compare],
  ['In', membership],
  ['IsNull', (source, node) => ({ kind: 'is-null', of: firstOperand(source, node), ...negation(node) })],
  ['Like', like],
  ['Rlike', like],
  ['Match', match],
  ['Sum', chain],
  ['Product', chain],
  ['Signed', signed],
  ['Cast', cast],
]);

export const isExpression = (node: SyntaxNode): boolean => BUILDERS.has(node.name);

/** The expression of a syntax node without errors. Recursion is bounded: the parser refuses deep nesting beforehand. */
export const buildExpression = (source: Source, node: SyntaxNode): Node =>
  must(BUILDERS.get(node.name), `builder of ${node.name}`)(source, node);

const operandsOf = (source: Source, node: SyntaxNode): readonly Node[] =>
  childrenOf(node)
    .filter(isExpression)
    .map((child) => buildExpression(source, child));

const firstOperand = (source: Source, node: SyntaxNode): Node => must(operandsOf(source, node)[0], 'operand');

const negation = (node: SyntaxNode) => ({ negated: node.getChild('NotKeyword') !== null, ...spanOf(node) });

function stringLiteral(source: Source, node: SyntaxNode): StringLiteral {
  return { kind: 'string', value: source.string(node), ...spanOf(node) };
}

function timespan(source: Source, node: SyntaxNode): Node {
  const amount = source.text(must(node.getChild('Number'), 'amount'));
  return { kind: 'timespan', amount, unit: wordOf(source, must(node.getChild('TimeUnit'), 'unit')), ...spanOf(node) };
}

function call(source: Source, node: SyntaxNode): Node {
  const options = node.getChild('Map');
  return {
    kind: 'call',
    name: wordOf(source, must(node.getChild('FunctionName'), 'function name')),
    args: operandsOf(source, node),
    star: node.getChild('Star') !== null,
    ...(options && { options: options.getChildren('MapEntry').map((entry) => option(source, entry)) }),
    ...spanOf(node),
  };
}

function option(source: Source, entry: SyntaxNode): Option {
  const [name, value] = childrenOf(entry).filter(isExpression);
  const { value: text, ...span } = stringLiteral(source, must(name, 'option'));
  return { name: { text, from: span.from, to: span.to }, value: buildExpression(source, must(value, 'value')) };
}

/** The items of a list, a sign in front of some of them. */
function listed(source: Source, node: SyntaxNode): readonly Node[] {
  const items: Node[] = [];
  let sign: SyntaxNode | null = null;
  for (const child of childrenOf(node)) {
    if (child.name === 'AddOperator') sign = child;
    if (!isExpression(child)) continue;
    const item = buildExpression(source, child);
    const symbol = sign && source.text(sign) === '-' ? '-' : '+';
    items.push(sign ? { kind: 'sign', sign: symbol, operand: item, from: sign.from, to: child.to } : item);
    sign = null;
  }
  return items;
}

function match(source: Source, node: SyntaxNode): Node {
  const [field, query] = operandsOf(source, node);
  return { kind: 'match', field: must(field, 'field'), query: must(query, 'query'), ...spanOf(node) };
}

function compare(source: Source, node: SyntaxNode): Node {
  const [left, right] = operandsOf(source, node);
  const operator = source.text(must(node.getChild('CompareOperator'), 'operator')) as CompareOperator;
  return { kind: 'compare', operator, left: must(left, 'left'), right: must(right, 'right'), ...spanOf(node) };
}

function membership(source: Source, node: SyntaxNode): Node {
  const [value, ...items] = operandsOf(source, node);
  return { kind: 'in', value: must(value, 'value'), items, ...negation(node) };
}

function like(source: Source, node: SyntaxNode): Node {
  const [value, ...patterns] = childrenOf(node).filter(isExpression);
  return {
    kind: node.name === 'Rlike' ? 'rlike' : 'like',
    value: buildExpression(source, must(value, 'value')),
    patterns: patterns.map((pattern) => stringLiteral(source, pattern)),
    ...negation(node),
  };
}

/** `a - b - c` is `(a - b) - c`. */
function chain(source: Source, node: SyntaxNode): Node {
  const children = childrenOf(node);
  const operators = children.filter((child) => !isExpression(child)).map((child) => source.text(child));
  const [first, ...rest] = children.filter(isExpression);
  return rest.reduce<Node>(
    (left, child, index) => ({
      kind: 'arithmetic',
      operator: operators[index] as ArithmeticOperator,
      left,
      right: buildExpression(source, child),
      from: node.from,
      to: child.to,
    }),
    buildExpression(source, must(first, 'operand')),
  );
}

function signed(source: Source, node: SyntaxNode): Node {
  const sign = source.text(must(node.getChild('AddOperator'), 'sign')) === '-' ? '-' : '+';
  return { kind: 'sign', sign, operand: firstOperand(source, node), ...spanOf(node) };
}

/** `a::x::y` casts twice. */
function cast(source: Source, node: SyntaxNode): Node {
  return node
    .getChildren('TypeName')
    .reduce<Node>(
      (of, type) => ({ kind: 'cast', of, type: wordOf(source, type), from: node.from, to: type.to }),
      firstOperand(source, node),
    );
}
