import type { ArithmeticOperator, Expression } from '#shared/plan/expression.ts';

type Arithmetic = Expression & { readonly kind: 'arithmetic' };

/**
 * Arithmetic whose data can never fail the statement: what has no result (division by zero, out of range) is NULL. Whole
 * numbers are computed in 128 bits and must then fit in 64. Datetimes are epoch milliseconds meanwhile.
 * @param operands SQL of the two single values, datetimes already as milliseconds
 */
export function arithmetic(
  { operator, type }: Pick<Arithmetic, 'operator' | 'type'>,
  operands: readonly string[],
): string {
  const [left = 'NULL', right = 'NULL'] = operands;
  if (type === 'double') return finite(doubleResult(operator, `(${left})::DOUBLE`, `(${right})::DOUBLE`));
  const whole = wholeResult(operator, `(${left})::HUGEINT`, `(${right})::HUGEINT`);
  return type === 'datetime' ? instantFrom(whole) : `TRY_CAST(${whole} AS BIGINT)`;
}

/** Last instant that a JavaScript date can show: datetimes end there. */
const LAST_INSTANT = 8_640_000_000_000_000;

/** A datetime from epoch milliseconds of any integer type; NULL beyond the last instant. */
export const instantFrom = (milliseconds: string): string =>
  `epoch_ms(CASE WHEN ${milliseconds} BETWEEN -${LAST_INSTANT} AND ${LAST_INSTANT} THEN (${milliseconds})::BIGINT END)`;

/** DuckDB cuts `//` towards zero and gives `%` the sign of the dividend, as Java does; by zero both are NULL. */
const wholeResult = (operator: ArithmeticOperator, left: string, right: string): string =>
  `(${left} ${operator === '/' ? '//' : operator} ${right})`;

const doubleResult = (operator: ArithmeticOperator, left: string, right: string): string =>
  operator === '/' || operator === '%' ? `(${left} ${operator} nullif(${right}, 0))` : `(${left} ${operator} ${right})`;

/** NULL for what is no finite number, and 0 for -0, which JSON and the other executor do not tell apart. */
export const finite = (sql: string): string =>
  `(nullif(nullif(nullif(${sql}, 'inf'::DOUBLE), '-inf'::DOUBLE), 'nan'::DOUBLE) + 0)`;
