import type { Instant } from '#shared/base/time.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { TICK_COLUMN } from '#shared/plan/plan.ts';

/**
 * A datetime that does not depend on the row, such as `now() - 1 hour`, computed here: as a constant it lets the engine skip
 * stretches of the table by their least and greatest time. Null for anything else.
 * @param tick what to take for the time of a row's run; null: that depends on the row
 */
export function foldInstant(expression: Expression, now: Instant, tick: Instant | null): Instant | null {
  if (expression.kind === 'now') return now;
  if (expression.kind === 'column') return expression.name === TICK_COLUMN ? tick : null;
  if (expression.kind === 'single') return foldInstant(expression.of, now, tick);
  if (expression.kind === 'literal')
    return expression.type === 'datetime' && typeof expression.value === 'number' ? expression.value : null;
  if (expression.kind !== 'arithmetic' || expression.type !== 'datetime') return null;
  const { left, operator, right } = expression;
  const [start, span] = [foldInstant(left, now, tick), right.kind === 'literal' ? right.value : null];
  if (start === null || typeof span !== 'number' || (operator !== '+' && operator !== '-')) return null;
  const result = operator === '+' ? start + span : start - span;
  return Number.isSafeInteger(result) && Math.abs(result) <= 8.64e15 ? result : null;
}
