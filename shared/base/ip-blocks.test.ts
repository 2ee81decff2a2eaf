import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWithin, parseAddress } from './ip-address.ts';
import { blocksBetween } from './ip-blocks.ts';

test.each([
  ['10.0.0.0', '10.0.0.255', ['10.0.0.0/24']],
  ['192.168.0.1', '192.168.0.9', ['192.168.0.1/32', '192.168.0.2/31', '192.168.0.4/30', '192.168.0.8/31']],
  ['0.0.0.0', '255.255.255.255', ['0.0.0.0/0']],
  ['::1', '::1', ['0:0:0:0:0:0:0:1/128']],
  ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['0:0:0:0:0:0:0:0/0']],
  ['10.0.0.9', '10.0.0.1', []],
  ['x', '10.0.0.1', []],
])('%s to %s', (from, to, blocks) => {
  expect(blocksBetween(from, to)).toEqual(blocks);
});

test('networks hold exactly the addresses between two', () => {
  const four = fc.ipV4();
  const address = fc.oneof(four, four, fc.ipV6());
  fc.assert(
    fc.property(address, address, fc.array(address, { maxLength: 5 }), (from, to, others) => {
      const [first = 0n, last = 0n] = [parseAddress(from), parseAddress(to)].map((one) => one ?? 0n);
      const blocks = blocksBetween(from, to);
      for (const other of [from, to, ...others]) {
        const at = parseAddress(other) ?? -1n;
        expect(blocks.filter((block) => isWithin(block, other)).length).toBe(first <= at && at <= last ? 1 : 0);
      }
    }),
  );
});
