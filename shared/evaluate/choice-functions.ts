import { compareScalars } from '#shared/base/order.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Scalar, Value } from '#shared/plan/value.ts';
import { type Implementation, strict } from './implementation.ts';

/** How a choice looks at its arguments: one after the other, and at no more of them than it needs. */
export interface Choosing {
  readonly args: readonly Expression[];
  readonly value: (argument: Expression) => Value;
  /** The only value of an argument that must have but one. */
  readonly single: (argument: Expression) => Value;
}

/** Conditions and values in turn; one left over at the end is the value for none. */
function choose({ args, value, single }: Choosing): Value {
  const pairs = Math.floor(args.length / 2);
  for (let pair = 0; pair < pairs; pair += 1) {
    const [condition, chosen] = args.slice(2 * pair, 2 * pair + 2);
    if (condition && chosen && single(condition) === true) return value(chosen);
  }
  const otherwise = args.length % 2 === 1 ? args.at(-1) : undefined;
  return otherwise ? value(otherwise) : null;
}

function firstPresent({ args, value }: Choosing): Value {
  for (const argument of args) {
    const found = value(argument);
    if (found !== null) return found;
  }
  return null;
}

/**
 * What is not chosen is not computed, and so not warned of (elastic/elasticsearch `Case` and `Coalesce`, whose evaluators are
 * lazy wherever a value is more than a column or a constant).
 */
export const CHOICES: ReadonlyMap<string, (choosing: Choosing) => Value> = new Map([
  ['case', choose],
  ['coalesce', firstPresent],
]);

const extreme = (sign: 1 | -1): Implementation =>
  strict((values) =>
    values.reduce<Scalar | null>(
      (best, value) => (best === null || sign * compareScalars(value, best) > 0 ? value : best),
      null,
    ),
  );

export const CHOICE_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  greatest: extreme(1),
  least: extreme(-1),
};
