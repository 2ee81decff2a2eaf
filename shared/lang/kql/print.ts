import { unreachable } from '#shared/base/assert.ts';
import type { Literal, Query, QueryNode, ValuesNode } from './ast.ts';
import { type Characters, charactersOf, isSpace, isSpecial, wordAt } from './lexis.ts';
import { kqlLiteral } from './literal.ts';

/** The query as text that parses to the same tree, spans apart. */
export const printKql = (query: Query): string => (query ? printNode(query) : '');

type Level = 'or' | 'and' | 'not' | 'term';
const TIGHTNESS: Readonly<Record<Level, number>> = { or: 0, and: 1, not: 2, term: 3 };

/** `text` of one level, in parentheses where it stands below something as tight or tighter. */
const within = (outer: Level, inner: Level, text: string): string =>
  TIGHTNESS[inner] <= TIGHTNESS[outer] ? `(${text})` : text;

function printNode(node: QueryNode): string {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands
        .map((operand) => within(node.kind, levelOf(operand), printNode(operand)))
        .join(` ${node.kind} `);
    case 'not':
      return `not ${within('not', levelOf(node.operand), printNode(node.operand))}`;
    case 'match':
      return `${printLiteral(node.field)}:${printValues(node.values, true)}`;
    case 'range':
      return `${printLiteral(node.field)} ${node.operator} ${printLiteral(node.value)}`;
    case 'nested':
      return `${printLiteral(node.field)}:{ ${printNode(node.query)} }`;
    case 'free-text':
      return printLiteral(node.value);
    default:
      return unreachable(node);
  }
}

/** Behind a colon only a single value stands without parentheses. */
function printValues(values: ValuesNode, behindColon: boolean): string {
  switch (values.kind) {
    case 'value':
      return printLiteral(values.value);
    case 'and':
    case 'or': {
      const operands = values.operands.map((operand) =>
        within(values.kind, levelOf(operand), printValues(operand, false)),
      );
      const text = operands.join(` ${values.kind} `);
      return behindColon ? `(${text})` : text;
    }
    case 'not': {
      const text = `not ${within('not', levelOf(values.operand), printValues(values.operand, false))}`;
      return behindColon ? `(${text})` : text;
    }
    default:
      return unreachable(values);
  }
}

const levelOf = (node: QueryNode | ValuesNode): Level =>
  node.kind === 'or' || node.kind === 'and' || node.kind === 'not' ? node.kind : 'term';

/** A field name or value as it stands in a query. */
export function printLiteral(literal: Literal): string {
  if (literal.kind === 'wildcard') {
    return literal.pattern.map((part) => (typeof part === 'string' ? escapeUnquoted(part) : '*')).join('');
  }
  // An unquoted text that is empty can only come from blanks that are cut: an escaped one.
  if (literal.text === '' && !literal.quoted) return '\\t';
  return literal.quoted ? kqlLiteral(literal.text) : escapeUnquoted(literal.text);
}

const CONTROLS: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r', '\n': '\\n' };

/** Every character of the text as itself: specials by a backslash, operators and the blanks around them by code. */
function escapeUnquoted(text: string): string {
  const characters = charactersOf(text);
  let escaped = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (isSpecial(text.charCodeAt(at))) escaped += `\\${character}`;
    else if (startsOperator(characters, at)) escaped += unicode(text.charCodeAt(at));
    else escaped += CONTROLS[character] ?? character;
  }
  return escaped;
}

/** `not` at the end of a text counts: a blank may follow it in the query. */
const startsOperator = (characters: Characters, at: number): boolean =>
  (wordAt(characters, at, 'not') && (isSpace(characters(at + 3)) || characters(at + 3) < 0)) ||
  (isSpace(characters(at - 1)) && (wordAt(characters, at, 'or') || wordAt(characters, at, 'and')));

const unicode = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
