import { must } from '#shared/base/assert.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Cell } from '../cell.ts';
import { CHOICE_FUNCTIONS } from './choice.ts';
import { CONVERSION_FUNCTIONS } from './conversion.ts';
import { ENCODING_FUNCTIONS } from './encoding.ts';
import { GEO_POINT_FUNCTIONS } from './geo-point.ts';
import type { Implementation } from './implementation.ts';
import { MANY_VALUES_FUNCTIONS } from './many-values.ts';
import { NUMBER_FUNCTIONS } from './number.ts';
import { TEXT_FUNCTIONS } from './text.ts';
import { TIME_FUNCTIONS } from './time.ts';

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

/** Whether this engine has the function of the table in `#shared/plan/functions.ts`. */
export const canCall = (name: string): boolean => IMPLEMENTATIONS.has(name);

export function callFunction({ name, type }: Expression & { readonly kind: 'call' }, cells: readonly Cell[]): Cell {
  return must(IMPLEMENTATIONS.get(name), `function ${name}`)(cells, type);
}
