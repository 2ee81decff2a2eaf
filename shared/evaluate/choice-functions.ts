import { compareScalars } from '#shared/base/order.ts';
import type { Scalar, Value } from '#shared/plan/value.ts';
import { type Implementation, strict } from './implementation.ts';

/** Conditions and values in turn; one left over at the end is the value for none. */
function choose(cells: readonly Value[]): Value {
  const pairs = Math.floor(cells.length / 2);
  for (let pair = 0; pair < pairs; pair += 1) {
    if (cells[2 * pair] === true) return cells[2 * pair + 1] ?? null;
  }
  return cells.length % 2 === 1 ? (cells.at(-1) ?? null) : null;
}

const extreme = (sign: 1 | -1): Implementation =>
  strict((values) =>
    values.reduce<Scalar | null>(
      (best, value) => (best === null || sign * compareScalars(value, best) > 0 ? value : best),
      null,
    ),
  );

export const CHOICE_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  coalesce: (cells) => cells.find((cell) => cell !== null) ?? null,
  case: choose,
  greatest: extreme(1),
  least: extreme(-1),
};
