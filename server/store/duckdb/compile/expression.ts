import { must, unreachable } from '#shared/base/assert.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { instantLiteral, literal } from '../sql/literal.ts';
import { arithmetic } from './arithmetic.ts';
import { type Cell, one, sharing, singleOf } from './cell.ts';
import { type ConditionScope, holds, kleene } from './condition.ts';
import { dissected, extractFrom, replacedIn } from './extract.ts';
import { foldInstant } from './fold.ts';
import { callFunction } from './functions/call.ts';
import { columnOf, type Scope } from './scope.ts';

/** SQL of what an expression holds in a row of the scope. The checker has passed the plan: only bugs throw. */
export function compileCell(expression: Expression, scope: Scope): Cell {
  const instant = foldInstant(expression, scope.now, scope.tick);
  if (instant !== null) return one('datetime', instantLiteral(instant));
  switch (expression.kind) {
    case 'literal':
      return one(expression.type, literal(expression.value, expression.type));
    case 'now':
      return one('datetime', instantLiteral(scope.now));
    case 'column':
      return columnOf(scope, expression.name).cell;
    case 'single': {
      const cell = compileCell(expression.of, scope);
      return one(cell.type, singleOf(cell));
    }
    case 'arithmetic':
      return sharing(
        [expression.left, expression.right].map((operand) => compileCell(operand, scope)),
        (cells) => one(expression.type, arithmetic(expression, cells.map(numberOf))),
      );
    case 'call':
      return sharing(
        expression.args.map((argument) => compileCell(argument, scope)),
        (cells) => callFunction(expression, cells),
      );
    case 'extract':
      return sharing([compileCell(expression.of, scope)], ([cell]) => extractFrom(must(cell, 'text'), expression));
    case 'replace':
      return replacedIn(compileCell(expression.of, scope), expression);
    case 'dissect':
      return sharing([compileCell(expression.of, scope)], ([cell]) => dissected(must(cell, 'text'), expression));
    case 'any':
    case 'nested':
    case 'compare':
    case 'in':
    case 'like':
    case 'regex':
    case 'is-null':
    case 'and':
    case 'or':
    case 'not':
      // In parentheses: as a value it may stand beside any operator.
      return one('boolean', `(${kleene(expression, conditionScope(scope))})`);
    default:
      return unreachable(expression);
  }
}

/** SQL that is true exactly where the condition is. */
export const compileCondition = (expression: Expression, scope: Scope): string =>
  holds(expression, conditionScope(scope));

const conditionScope = (scope: Scope): ConditionScope => ({
  ...scope,
  cellOf: (expression) => compileCell(expression, scope),
});

/** A single value to compute with: numbers as they are, datetimes as epoch milliseconds. */
const numberOf = (cell: Cell): string => (cell.type === 'datetime' ? `epoch_ms(${singleOf(cell)})` : singleOf(cell));
