import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAddress } from '#shared/base/ip-address.ts';
import { type Database, openDatabase, type Session } from '../connection.ts';
import { ADDRESS_MACRO, addressOf, inNetwork } from './address.ts';

let database: Database;
let session: Session;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:' });
  session = await database.session();
  await session.run(ADDRESS_MACRO);
});
afterAll(() => {
  session.close();
  database.close();
});

async function read(text: string): Promise<unknown> {
  const [row] = await session.rows(`SELECT ${addressOf('t')}::VARCHAR AS address FROM (SELECT $1::VARCHAR AS t)`, [
    text,
  ]);
  return row?.['address'];
}

const group = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map((part) => part.toString(16)),
  fc.constantFrom('', '0', '00ff', '12345', 'g'),
);
const six = fc.array(group, { minLength: 1, maxLength: 9 }).map((groups) => groups.join(':'));
const four = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 260 }).map(String), fc.constantFrom('', '00', '0x1')), {
    minLength: 3,
    maxLength: 5,
  })
  .map((parts) => parts.join('.'));
const mixed = fc.tuple(six, four).map((parts) => parts.join(':'));
const compressed = fc.tuple(six, six).map((parts) => parts.join('::'));

test('reads what the reference evaluator reads', async () => {
  const text = fc.oneof(fc.ipV4(), fc.ipV6(), six, four, mixed, compressed, fc.string());
  await fc.assert(
    fc.asyncProperty(text, async (one) => {
      expect(await read(one), one).toBe(parseAddress(one)?.toString() ?? null);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.1.2.3/8', '10.9.9.9', true],
  ['10.0.0.0/8', '::ffff:10.1.1.1', true],
  ['10.0.0.1', '10.0.0.1', true],
  ['0.0.0.0/0', '255.1.1.1', true],
  ['::/0', '10.0.0.1', true],
  ['fe80::/10', 'febf::1', true],
  ['fe80::/10', 'fec0::1', false],
  ['10.0.0.0/33', '10.0.0.0', false],
  ['10.0.0.0/', '10.0.0.0', false],
  ['nonsense', 'nonsense', false],
  ['10.0.0.0/8', 'nonsense', null],
])('%s and %s', async (network, address, expected) => {
  const [row] = await session.rows(`SELECT ${inNetwork('t', network)} AS found FROM (SELECT $1::VARCHAR AS t)`, [
    address,
  ]);
  expect(row?.['found']).toBe(expected);
});
