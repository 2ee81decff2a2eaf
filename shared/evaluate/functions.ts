import type { Expression } from '#shared/plan/expression.ts';
import { findFunction, parameterAt } from '#shared/plan/functions.ts';
import { typeOf } from '#shared/plan/types.ts';
import { cellOf, type Value, valuesOf } from '#shared/plan/value.ts';
import { CHOICE_FUNCTIONS, CHOICES } from './choice-functions.ts';
import { CONVERSION_FUNCTIONS } from './conversion-functions.ts';
import { ENCODING_FUNCTIONS } from './encoding-functions.ts';
import { GEO_POINT_FUNCTIONS } from './geo-point-functions.ts';
import type { Call, Implementation } from './implementation.ts';
import { MANY_VALUES_FUNCTIONS } from './many-values-functions.ts';
import { NUMBER_FUNCTIONS } from './number-functions.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';
import { TIME_FUNCTIONS } from './time-functions.ts';
import type { Warnings } from './warnings.ts';

const IMPLEMENTATIONS: ReadonlyMap<string, Implementation> = new Map([
  ...Object.entries(TEXT_FUNCTIONS),
  ...Object.entries(ENCODING_FUNCTIONS),
  ...Object.entries(CHOICE_FUNCTIONS),
  ...Object.entries(CONVERSION_FUNCTIONS),
  ...Object.entries(MANY_VALUES_FUNCTIONS),
  ...Object.entries(NUMBER_FUNCTIONS),
  ...Object.entries(TIME_FUNCTIONS),
  ...Object.entries(GEO_POINT_FUNCTIONS),
]);

/** Whether the evaluator has this function of the table in `#shared/plan/functions.ts`. */
export const canCall = (name: string): boolean =>
  (IMPLEMENTATIONS.has(name) || CHOICES.has(name)) && findFunction(name) !== undefined;

/** The result of a call on these cells; null, with a warning at the call, where the function has none. */
export function callFunction(
  node: Expression & { readonly kind: 'call' },
  cells: readonly Value[],
  warnings: Pick<Warnings, 'add'>,
): Value {
  const signature = findFunction(node.name);
  const implementation = IMPLEMENTATIONS.get(node.name);
  if (!signature || !implementation) throw new Error(`The evaluator has no function ${node.name}`);
  const call: Call = {
    types: node.args.map(typeOf),
    failed: (failure) => {
      warnings.add(node, failure);
      return null;
    },
  };
  const taken = cells.map((cell, index) => {
    const use = parameterAt(signature, index, cells.length)?.cells;
    return use === 'single' && Array.isArray(cell) ? call.failed('multi-value') : cell;
  });
  return signature.parameters[0]?.cells === 'each'
    ? cellOf(valuesOf(taken[0]).flatMap((element) => valuesOf(implementation([element], call))))
    : implementation(taken, call);
}
