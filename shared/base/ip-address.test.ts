import { expect, test } from 'vitest';
import { canonicalAddress, isNetwork } from './ip-address.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::FFFF:10.0.0.1', '10.0.0.1'],
  ['::ffff:a00:1', '10.0.0.1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['0::0', '::'],
  ['FE80::0001%eth0', 'fe80::1'],
  ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ['1:0:0:2:3:0:0:4', '1::2:3:0:0:4'],
  ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
  ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
  ['::10.0.0.1', '::a00:1'],
])('%s is shown as %s', (text, shown) => {
  expect(canonicalAddress(text)).toBe(shown);
});

test.each(['010.0.0.1', '10.0.0', '10.0.0.1%', 'nonsense', ''])('%j is no address', (text) => {
  expect(canonicalAddress(text)).toBeNull();
});

test.each([
  ['10.0.0.0/8', true],
  ['::ffff:10.0.0.0', true],
  ['::ffff:10.0.0.0/104', false],
  ['::/0', true],
  ['010.0.0.0/8', false],
  ['10.0.0.0/33', false],
  ['10.0.0.0/', false],
  ['10.0.0.0/8/8', false],
])('%s is a network: %s', (text, expected) => {
  expect(isNetwork(text)).toBe(expected);
});
