import { unreachable } from '#shared/base/assert.ts';
import { compareScalars, sameScalar } from '#shared/base/order.ts';
import type { Instant } from '#shared/base/time.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { matchesPattern } from '#shared/plan/match-pattern.ts';
import { type Scalar, type Value, valuesOf } from '#shared/plan/value.ts';
import { calculate } from './arithmetic.ts';
import { type Cells, cell, cellsOfObject } from './cells.ts';
import { CHOICES } from './choice-functions.ts';
import { dissect } from './dissect.ts';
import { holds, passes } from './element-test.ts';
import { extract, replaceMatches } from './extract.ts';
import { callFunction } from './functions.ts';
import { and, not, or, type Truth } from './logic.ts';
import { matchesRegex } from './search-regex.ts';
import type { Warnings } from './warnings.ts';

export interface Scope {
  /** The time of the run. */
  readonly now: Instant;
  readonly warnings: Pick<Warnings, 'add'>;
}

type Of<Kind extends Expression['kind']> = Expression & { readonly kind: Kind };

/**
 * What an expression is in a row. Every operand is evaluated, also where the others decide already, so that what is warned
 * of does not depend on the order of evaluation; only `case` and `coalesce` leave out what they do not choose.
 */
export function evaluate(expression: Expression, cells: Cells, scope: Scope): Value {
  const value = (operand: Expression): Value => evaluate(operand, cells, scope);
  const single = (operand: Expression): Scalar | null => onlyValue(operand, value(operand), scope);
  const truth = (operand: Expression): Truth => truthOf(single(operand));
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'now':
      return scope.now;
    case 'column':
      return cell(cells, expression.name);
    case 'single':
      return onlyValue(expression, value(expression.of), scope);
    case 'any':
      return valuesOf(cell(cells, expression.field)).some((element) => passes(expression, element));
    case 'nested':
      return valuesOf(cell(cells, expression.path)).some(
        (object) => evaluateTruth(expression.where, cellsOfObject(object), scope) === true,
      );
    case 'compare':
      return compare(expression, single(expression.left), single(expression.right));
    case 'in':
      return isIn(single(expression.value), expression.items.map(single));
    case 'like':
      return isLike(expression, single(expression.value));
    case 'regex':
      return isMatch(expression, single(expression.value));
    case 'extract':
      return extract(expression, value(expression.of));
    case 'replace':
      return replaceMatches(expression, single(expression.of));
    case 'dissect':
      return dissect(expression, value(expression.of));
    case 'is-null':
      return value(expression.of) === null;
    case 'and':
      return and(expression.operands.map(truth));
    case 'or':
      return or(expression.operands.map(truth));
    case 'not':
      return not(truth(expression.operand));
    case 'arithmetic':
      return calculate(expression, single(expression.left), single(expression.right), scope.warnings);
    case 'call': {
      const { name, args } = expression;
      const choose = CHOICES.get(name);
      if (choose) return choose({ args, value, single: (argument) => onlyValue(expression, value(argument), scope) });
      return callFunction(expression, args.map(value), scope.warnings);
    }
    default:
      return unreachable(expression);
  }
}

/** A condition's outcome. */
export const evaluateTruth = (expression: Expression, cells: Cells, scope: Scope): Truth =>
  truthOf(onlyValue(expression, evaluate(expression, cells, scope), scope));

/** A cell's only value; several are null, with a warning at the node that wants one. */
function onlyValue(node: Expression, value: Value, scope: Scope): Scalar | null {
  const values = valuesOf(value);
  if (values.length > 1) scope.warnings.add(node, 'multi-value');
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** Types are checked when a query is compiled: anything but a boolean is "not known" here. */
const truthOf = (value: Scalar | null): Truth => (typeof value === 'boolean' ? value : null);

const compare = ({ operator }: Of<'compare'>, left: Scalar | null, right: Scalar | null): Truth =>
  left === null || right === null ? null : holds(operator, compareScalars(left, right));

function isIn(value: Scalar | null, items: readonly (Scalar | null)[]): Truth {
  if (value === null) return null;
  return or(items.map((item) => (item === null ? null : sameScalar(value, item))));
}

const isMatch = ({ patterns }: Of<'regex'>, value: Scalar | null): Truth =>
  value === null ? null : typeof value === 'string' && patterns.some((pattern) => matchesRegex(pattern, value));

const isLike = ({ patterns }: Of<'like'>, value: Scalar | null): Truth =>
  value === null ? null : typeof value === 'string' && patterns.some((pattern) => matchesPattern(pattern, value));
