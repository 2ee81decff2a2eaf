import { expect, test } from 'vitest';
import { parseAddress } from '#shared/base/ip-address.ts';
import type { ElementTest, Expression } from '#shared/plan/expression.ts';
import type { Scalar, ValueType } from '#shared/plan/value.ts';
import cases from './cases/any.json' with { type: 'json' };
import { evaluateFilter } from './evaluate.ts';

type Case = readonly [about: string, type: ValueType, values: readonly Scalar[], test: ElementTest, passes: boolean];

const outcome = (leaf: Expression, values: readonly Scalar[]): boolean | null =>
  evaluateFilter(leaf, new Map(values.length === 0 ? [] : [['field', values]]), 0);

test.each(cases as unknown as readonly Case[])('%s', (_, type, values, given, passes) => {
  const leaf: Expression = { kind: 'any', field: 'field', type, test: given };
  expect(outcome(leaf, values)).toBe(passes);
  expect(outcome({ kind: 'not', operand: leaf }, values)).toBe(!passes);
});

test('without regard to letter case the element is lowered, one code point at a time', () => {
  const leaf = (value: string): Expression => ({
    kind: 'any',
    field: 'field',
    type: 'string',
    caseless: true,
    test: { kind: 'equals', value },
  });
  expect(outcome(leaf('bash'), ['BASH'])).toBe(true);
  expect(outcome(leaf('BASH'), ['BASH'])).toBe(false);
  expect(outcome(leaf('οδοσ'), ['ΟΔΟΣ'])).toBe(true);
});

test.each([
  '1.2.3',
  '1.2.3.256',
  '1.2.3.4.5',
  '1.2.3.x',
  '',
  ':',
  '1:2',
  '::1::',
  '1:2:3:4:5:6:7:8:9',
  '12345::',
  '::g',
  '::1.2.3',
  '1::2:3:4:5:6:7:8',
  '010.0.0.1',
  '10.0.0.00',
  '::ffff:10.0.0.01',
  '10.0.0.1%',
])('%j is no address', (text) => {
  expect(parseAddress(text)).toBeNull();
});

test.each([
  ['::', 0n],
  ['::1', 1n],
  ['1::', 1n << 112n],
  ['1:2:3:4:5:6:7:8', 0x0001_0002_0003_0004_0005_0006_0007_0008n],
  ['000001::', 1n << 112n],
  ['fe80::1%eth0', (0xfe80n << 112n) + 1n],
  ['::FFFF:1.2.3.4', 0xffff_0102_0304n],
  ['1.2.3.4', 0xffff_0102_0304n],
  ['64:ff9b::1.2.3.4', 0x0064_ff9b_0000_0000_0000_0000_0102_0304n],
])('%s is read', (text, address) => {
  expect(parseAddress(text)).toBe(address);
});
