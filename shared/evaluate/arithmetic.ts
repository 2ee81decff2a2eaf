import { unreachable } from '#shared/base/assert.ts';
import { longOf } from '#shared/base/long.ts';
import { isInstant } from '#shared/base/time.ts';
import type { ArithmeticOperator, Expression } from '#shared/plan/expression.ts';
import type { Failure } from '#shared/plan/failure.ts';
import type { Scalar } from '#shared/plan/value.ts';
import type { Warnings } from './warnings.ts';

type Arithmetic = Expression & { readonly kind: 'arithmetic' };
type Outcome = Scalar | { readonly failure: Failure };

/**
 * Arithmetic as ES|QL has it (elastic/elasticsearch `docs/reference/` "ES|QL operators"): null in, null out; whole numbers stay
 * whole, also in division; what has no result (division by zero, out of range) is null with a warning.
 */
export function calculate(
  node: Arithmetic,
  left: Scalar | null,
  right: Scalar | null,
  warnings: Pick<Warnings, 'add'>,
): Scalar | null {
  if (left === null || right === null) return null;
  const outcome = node.type === 'double' ? inDoubles(node.operator, left, right) : inLongs(node, left, right);
  if (typeof outcome !== 'object') return outcome;
  warnings.add(node, outcome.failure);
  return null;
}

/** Longs, datetimes and spans: datetime ± span is a datetime, since both are milliseconds. */
function inLongs({ operator, type }: Arithmetic, left: Scalar, right: Scalar): Outcome {
  const [a, b] = [toBigint(left), toBigint(right)];
  if ((operator === '/' || operator === '%') && b === 0n) return { failure: 'division-by-zero' };
  const result = longOf(wholeResult(operator, a, b));
  return result === null || (type === 'datetime' && !isInstant(result)) ? { failure: 'overflow' } : result;
}

const toBigint = (value: Scalar): bigint => (typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value))));

/** Division cuts towards zero, and a remainder has the sign of the dividend, as in Java. */
function wholeResult(operator: ArithmeticOperator, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return unreachable(operator);
  }
}

function inDoubles(operator: ArithmeticOperator, left: Scalar, right: Scalar): Outcome {
  const [a, b] = [Number(left), Number(right)];
  if ((operator === '/' || operator === '%') && b === 0) return { failure: 'division-by-zero' };
  const result = doubleResult(operator, a, b);
  return Number.isFinite(result) ? result + 0 : { failure: 'overflow' };
}

function doubleResult(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return unreachable(operator);
  }
}
