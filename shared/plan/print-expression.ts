import { unreachable } from '#shared/base/assert.ts';
import { formatInstant } from '#shared/base/time.ts';
import { printDissect } from './dissect.ts';
import type { ElementTest, Expression } from './expression.ts';
import type { Pattern } from './pattern.ts';
import { printRegex } from './regex.ts';
import type { Scalar, ValueType } from './value.ts';

/** A column's name as printed: in backticks where it is more than dotted words. */
export const printName = (name: string): string =>
  /^[\w@$]+(?:\.[\w@$]+)*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;

/** A value as printed: text quoted, datetimes as `@2026-11-21T20:15:13.002Z`, spans in milliseconds. */
export function printScalar(value: Scalar, type: ValueType): string {
  if (type === 'datetime' && typeof value === 'number') return `@${formatInstant(value)}`;
  if (type === 'span') return `${value}ms`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** A pattern as printed: quoted, `*` and `?` are wildcards, escaped they are themselves. */
export const printPattern = (pattern: Pattern): string => {
  const parts = pattern.map((part) =>
    typeof part === 'string' ? part.replace(/[\\*?]/g, String.raw`\$&`) : part.wildcard === 'many' ? '*' : '?',
  );
  return JSON.stringify(parts.join(''));
};

/**
 * An expression on one line, every operator below the top in parentheses: `name` is the single value of a column, `name[]`
 * all its values, `any name …` KQL's test of any element.
 */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return expression.value === null ? 'null' : printScalar(expression.value, expression.type);
    case 'now':
      return 'now';
    case 'column':
      return `${printName(expression.name)}[]`;
    case 'single':
      return expression.of.kind === 'column'
        ? printName(expression.of.name)
        : `single(${printExpression(expression.of)})`;
    case 'any':
      return `any ${expression.caseless ? 'caseless ' : ''}${printName(expression.field)} ${printTest(expression.test, expression.type)}`;
    case 'nested':
      return `any object of ${printName(expression.path)} has ${nested(expression.where)}`;
    case 'compare':
    case 'arithmetic':
      return `${nested(expression.left)} ${expression.operator} ${nested(expression.right)}`;
    case 'in':
      return `${nested(expression.value)} in (${expression.items.map(printExpression).join(', ')})`;
    case 'like':
      return `${nested(expression.value)} like ${expression.patterns.map(printPattern).join(' | ')}`;
    case 'regex':
      return `${nested(expression.value)} matches ${expression.patterns.map((pattern) => JSON.stringify(printRegex(pattern))).join(' | ')}`;
    case 'extract':
      return `extract(${printExpression(expression.of)}, ${JSON.stringify(printRegex(expression.regex))}, ${expression.captures.join(' ')})`;
    case 'replace':
      return `replace(${printExpression(expression.of)}, ${JSON.stringify(printRegex(expression.regex))}, ${expression.by.map((part) => (typeof part === 'number' ? `$${part}` : JSON.stringify(part))).join(' ')})`;
    case 'dissect':
      return `dissect(${printExpression(expression.of)}, ${printDissect(expression.pattern)}, ${expression.parts.join(' ')} by ${JSON.stringify(expression.separator)})`;
    case 'is-null':
      return `${nested(expression.of)} is null`;
    case 'and':
    case 'or':
      return expression.operands.map(nested).join(` ${expression.kind} `);
    case 'not':
      return `not ${nested(expression.operand)}`;
    case 'call':
      return `${expression.name}(${expression.args.map(printExpression).join(', ')})`;
    default:
      return unreachable(expression);
  }
}

const BARE: ReadonlySet<Expression['kind']> = new Set([
  ...(['literal', 'now', 'column', 'single', 'call', 'extract', 'replace', 'dissect'] as const),
]);

const nested = (expression: Expression): string =>
  BARE.has(expression.kind) ? printExpression(expression) : `(${printExpression(expression)})`;

function printTest(test: ElementTest, type: ValueType): string {
  switch (test.kind) {
    case 'exists':
    case 'never':
      return test.kind;
    case 'equals':
      return `== ${printScalar(test.value, type)}`;
    case 'one-of':
      return `in (${test.values.map((value) => printScalar(value, type)).join(', ')})`;
    case 'like':
      return `like ${printPattern(test.pattern)}`;
    case 'range':
      return test.bounds.map(({ operator, value }) => `${operator} ${printScalar(value, type)}`).join(' and ');
    case 'cidr':
      return `within ${test.network}`;
    case 'word':
      return `has word ${printTest(test.test, type)}`;
    case 'phrase':
      return `has phrase ${printScalar(test.words.join(' '), type)}`;
    case 'up-to':
      return `up to ${test.units} units ${printTest(test.test, type)}`;
    default:
      return unreachable(test);
  }
}
