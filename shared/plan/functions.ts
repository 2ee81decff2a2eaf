import { CHOICE } from './choice-functions.ts';
import { CONVERSION } from './conversion-functions.ts';
import type { FunctionSignature, Parameter } from './function-signature.ts';
import { GEO_POINTS } from './geo-point-functions.ts';
import { MANY_VALUES } from './many-values-functions.ts';
import { NUMBERS } from './number-functions.ts';
import { TEXT } from './text-functions.ts';
import { TIMES } from './time-functions.ts';
import { commonType } from './types.ts';
import type { ValueType } from './value.ts';

export type { FunctionSignature, Parameter } from './function-signature.ts';

/** Every scalar function that a plan may call. Executors hold tables of the same names. */
export const FUNCTIONS: readonly FunctionSignature[] = [
  ...TEXT,
  ...CHOICE,
  ...CONVERSION,
  ...MANY_VALUES,
  ...NUMBERS,
  ...TIMES,
  ...GEO_POINTS,
];

const BY_NAME = new Map(FUNCTIONS.map((signature) => [signature.name, signature]));

export const findFunction = (name: string): FunctionSignature | undefined => BY_NAME.get(name);

/** What stands at an argument's place; undefined where a call takes no more. `case` alternates after its pairs. */
export function parameterAt(signature: FunctionSignature, index: number, count: number): Parameter | undefined {
  if (signature.name === 'case') return signature.parameters[index % 2 === 0 && index < count - 1 ? 0 : 1];
  return signature.parameters[index] ?? signature.rest;
}

/** The type of a call with arguments of these types; null where they have none in common. */
export function resultTypeOf(signature: FunctionSignature, types: readonly ValueType[]): ValueType | null {
  if (signature.result === 'as-first') return types[0] ?? 'null';
  if (signature.result !== 'as-all') return signature.result;
  return types
    .filter((_, index) => parameterAt(signature, index, types.length)?.name !== 'condition')
    .reduce<ValueType | null>((common, type) => common && commonType(common, type), 'null');
}
