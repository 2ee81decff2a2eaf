import { define, type FunctionSignature, ORDERED, single, whole } from './function-signature.ts';

export const CHOICE: readonly FunctionSignature[] = [
  define('coalesce', 'The first argument that is not null.', [whole('value', null)], 'as-all', {
    rest: whole('value', null),
  }),
  define(
    'case',
    'Conditions and values in turn, then maybe a value for none: the value of the first true condition, else that or null. A null condition is not true.',
    [single('condition', ['boolean']), whole('value', null)],
    'as-all',
    { rest: whole('condition or value', null) },
  ),
  define('greatest', 'The greatest; null where one is null.', [single('value', ORDERED)], 'as-all', {
    rest: single('value', ORDERED),
  }),
  define('least', 'The least; null where one is null.', [single('value', ORDERED)], 'as-all', {
    rest: single('value', ORDERED),
  }),
];
