import { expect, test } from 'vitest';
import { must } from '#shared/base/assert.ts';
import { FUNCTIONS, findFunction, parameterAt, resultTypeOf } from './functions.ts';
import { commonType } from './types.ts';

const signature = (name: string) => must(findFunction(name), name);

test('names are unique, and every required argument has a place', () => {
  expect(new Set(FUNCTIONS.map(({ name }) => name)).size).toBe(FUNCTIONS.length);
  for (const { required, parameters } of FUNCTIONS) expect(required).toBeLessThanOrEqual(parameters.length);
});

test('case takes conditions and values in turn, then maybe a value for none', () => {
  const places = (count: number) =>
    Array.from({ length: count }, (_, index) => parameterAt(signature('case'), index, count)?.name);
  expect(places(2)).toEqual(['condition', 'value']);
  expect(places(5)).toEqual(['condition', 'value', 'condition', 'value', 'value']);
});

test('the type of a call follows its values', () => {
  expect(resultTypeOf(signature('case'), ['boolean', 'long', 'double'])).toBe('double');
  expect(resultTypeOf(signature('case'), ['boolean', 'null', 'string'])).toBe('string');
  expect(resultTypeOf(signature('coalesce'), ['string', 'long'])).toBeNull();
  expect(resultTypeOf(signature('mv_first'), ['ip'])).toBe('ip');
  expect(resultTypeOf(signature('length'), ['string'])).toBe('long');
});

test('null goes with every type, a long with a double', () => {
  expect(commonType('null', 'ip')).toBe('ip');
  expect(commonType('long', 'double')).toBe('double');
  expect(commonType('string', 'long')).toBeNull();
});
